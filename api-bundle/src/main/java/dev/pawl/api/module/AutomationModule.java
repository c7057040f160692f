package dev.pawl.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a {@link Module}. It becomes the service properties {@code pawl.module.id}, {@code pawl.module.name} and so on, and a {@code
 * Provide-Capability} header in the namespace {@value #NAMESPACE}, so that a bundle can be inspected without starting it. The module's
 * version is that of its bundle.
 */
@ComponentPropertyType
@Capability(namespace = AutomationModule.NAMESPACE, attribute = "class=${@class}")
@Retention(RetentionPolicy.RUNTIME) // a test harness reads it off the class
@Target(ElementType.TYPE)
public @interface AutomationModule {

    /** The namespace of the capability; each member is an attribute of it. */
    String NAMESPACE = "dev.pawl.module";

    /** The prefix that makes a member's name a service property. */
    String PREFIX_ = "pawl.module.";

    /** The id by which jobs name the module: 1 to 64 characters, a lower-case letter, then lower-case letters, digits, {@code . _ -}. */
    @Attribute("id")
    String id();

    /** The name for people: a few words. */
    @Attribute("name")
    String name();

    /** The description for people: a sentence or two. */
    @Attribute("description")
    String description() default "";

    /** Free-form search words for what it can do. */
    @Attribute("capabilities")
    String[] capabilities() default {};

    /**
     * A record whose components are the inputs. When the bundle contains a file {@code OSGI-INF/pawl/<id>.inputs.schema.json}, that JSON
     * Schema is used instead.
     */
    @Attribute("inputs")
    Class<?> inputs() default NoFields.class;

    /** A record whose components are the settings; a file {@code OSGI-INF/pawl/<id>.settings.schema.json} is used instead when present. */
    @Attribute("settings")
    Class<?> settings() default NoFields.class;

    /**
     * The number of its jobs that may run at once; 0 means as many as there are slots. The setting {@code pawl.concurrency} overrides it.
     */
    @Attribute("concurrency")
    int concurrency() default 0;

    /**
     * The versions whose checkpoints a job may resume from, as an OSGi version range such as {@code [1.2,2)}. A checkpoint of a version
     * outside the range fails the job; one of another version inside it is passed to {@link Module#migrate}. Empty means any version.
     */
    @Attribute("checkpoints")
    String checkpoints() default "";

    /**
     * The role needed to start a job with one of its tasks, for a module that can do more than its inputs suggest. Starting any job needs
     * the role operator.
     */
    @Attribute("role")
    Role role() default Role.OPERATOR;

    /**
     * Whether a module of the distribution takes jobs from the first start; one that uses files or programs of the machine stays disabled
     * until an admin enables it. A module that an admin installs is enabled in any case.
     */
    @Attribute("enabled")
    boolean enabled() default true;

    /** The place in which its tasks run. */
    @Attribute("isolation")
    Isolation isolation() default Isolation.SERVER;

    /**
     * The heap of the JVM of a task with {@link Isolation#PROCESS}: a number with the unit {@code k}, {@code m} or {@code g}, from {@code
     * 16m}; empty means 256m.
     */
    @Attribute("memory")
    String memory() default "";

    /** The record for a module without inputs or without settings. */
    record NoFields() {}
}

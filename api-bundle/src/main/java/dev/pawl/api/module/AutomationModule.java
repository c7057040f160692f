package dev.pawl.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link Module}. It becomes the service properties {@code pawl.module.id}, {@code pawl.module.name} and so on, and
 * a {@code Provide-Capability} header in the namespace {@value #NAMESPACE}, so that a bundle can be judged without starting
 * it. The version is the bundle's.
 */
@ComponentPropertyType
@Capability(namespace = AutomationModule.NAMESPACE)
@Retention(RetentionPolicy.RUNTIME) // a test harness reads it off the class
@Target(ElementType.TYPE)
public @interface AutomationModule {

    /** The namespace of the capability; each member is an attribute of it. */
    String NAMESPACE = "dev.pawl.module";

    /** Put before each member's name to make the service property. */
    String PREFIX_ = "pawl.module.";

    /** Under which jobs name it: 1 to 64 characters, a lower-case letter, then lower-case letters, digits, {@code . _ -}. */
    @Attribute("id")
    String id();

    /** For people: a few words. */
    @Attribute("name")
    String name();

    /** For people: a sentence or two. */
    @Attribute("description")
    String description() default "";

    /** Free words that say what it can do, for searching. */
    @Attribute("capabilities")
    String[] capabilities() default {};

    /**
     * A record whose components are the inputs. Where the bundle holds a file {@code OSGI-INF/pawl/<id>.inputs.schema.json},
     * that JSON Schema is taken instead.
     */
    @Attribute("inputs")
    Class<?> inputs() default NoFields.class;

    /** A record whose components are the settings; a file {@code OSGI-INF/pawl/<id>.settings.schema.json} takes its place. */
    @Attribute("settings")
    Class<?> settings() default NoFields.class;

    /** How many of its jobs may run at once; 0 means as many as there are slots. The setting {@code pawl.concurrency} overrides it. */
    @Attribute("concurrency")
    int concurrency() default 0;

    /**
     * Which versions' checkpoints a job may go on from: a range in OSGi's form, such as {@code [1.2,2)}. A checkpoint of another
     * version outside it fails the job; one inside it is given to {@link Module#migrate}. Any version's when empty.
     */
    @Attribute("checkpoints")
    String checkpoints() default "";

    /**
     * The role that starting a job with one of its tasks takes, for a module that can do more than its inputs suggest. Starting any
     * job takes an operator.
     */
    @Attribute("role")
    Role role() default Role.OPERATOR;

    /**
     * Whether it takes jobs from the first start on when it ships with the distribution; a module that reaches files or programs of
     * the machine waits until an admin enables it. What an admin installs is enabled by that.
     */
    @Attribute("enabled")
    boolean enabled() default true;

    /** Says that there are no inputs, or no settings. */
    record NoFields() {}
}

package dev.pawl.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Offers a schedule for the jobs of a module. It is there once the module is installed, under the module's id, a dot and its own name, and it is
 * off until someone switches it on: {@code pawl schedule resume hello.nightly}. An update of the module brings its changes along, unless
 * someone has changed the schedule meanwhile. It becomes a {@code Provide-Capability} header in the namespace {@value #NAMESPACE}.
 */
@Capability(namespace = Schedule.NAMESPACE, attribute = "class=${@class}")
@Retention(RetentionPolicy.RUNTIME) // a test harness reads it off the class
@Target(ElementType.TYPE)
@Repeatable(Schedules.class)
public @interface Schedule {

    /** The namespace of the capability; each member is an attribute of it. */
    String NAMESPACE = "dev.pawl.schedule";

    /** Its name within the module: 1 to 35 letters of ASCII, digits, dots, hyphens and underscores. */
    @Attribute("name")
    String name();

    /** A cron expression, such as {@code 0 3 * * MON-FRI} or {@code @daily}; empty for an interval. */
    @Attribute("cron")
    String cron() default "";

    /** An interval, such as {@code 90s} or {@code 6h}; empty for a cron expression. */
    @Attribute("every")
    String every() default "";

    /** The IANA name of the zone whose local time the expression means, such as {@code Europe/Berlin}; empty for the server's. */
    @Attribute("time_zone")
    String timeZone() default "";

    /** The inputs of its jobs as a JSON object; empty for none. */
    @Attribute("inputs")
    String inputs() default "";
}

package dev.pawl.service.deploy;

import java.util.List;
import java.util.UUID;

/**
 * The effects of a change to a bundle on other bundles and on jobs.
 *
 * @param touched the symbolic names of the other bundles that are restarted because they use its packages
 * @param affected the other bundles that are affected without a restart
 * @param waiting the jobs that will wait for a module that the change removes, newest first; at most {@value #MOST_WAITING}
 * @param appears the capabilities that the bundle gains
 * @param vanishes the capabilities that the bundle loses
 */
public record Impact(
        List<String> touched,
        List<Affected> affected,
        List<UUID> waiting,
        List<ProvidedCapability> appears,
        List<ProvidedCapability> vanishes) {

    /** The most waiting jobs that are listed. */
    public static final int MOST_WAITING = 100;

    /** No effect. */
    public static final Impact NONE = new Impact(List.of(), List.of(), List.of(), List.of(), List.of());

    public Impact {
        touched = List.copyOf(touched);
        affected = List.copyOf(affected);
        waiting = List.copyOf(waiting);
        appears = List.copyOf(appears);
        vanishes = List.copyOf(vanishes);
    }

    /**
     * A bundle that the change affects.
     *
     * @param bundle its symbolic name
     * @param why a sentence that says what it uses
     */
    public record Affected(String bundle, String why) {}

    /**
     * A capability that a bundle provides to jobs or to other bundles.
     *
     * @param kind its kind
     * @param name the module's id, the schedule with its rule, the package with its version, or the name of the service or capability
     */
    public record ProvidedCapability(Kind kind, String name) {}

    /** The kinds of capabilities. */
    public enum Kind {
        MODULE,
        /** A schedule that a module offers, with its rule. */
        SCHEDULE,
        PACKAGE,
        SERVICE,
        CAPABILITY
    }
}

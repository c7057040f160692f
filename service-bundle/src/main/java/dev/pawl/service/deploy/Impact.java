package dev.pawl.service.deploy;

import java.util.List;
import java.util.UUID;

/**
 * What else a change to a bundle has an effect on, or would have.
 *
 * @param touched the symbolic names of the other bundles that are stopped and started again, because they use its packages
 * @param affected the other bundles that notice it without being started again
 * @param waiting the jobs that wait for a module which is not there afterwards, newest first; at most
 *     {@value #MOST_WAITING}
 * @param appears what the bundle offers afterwards and did not before
 * @param vanishes what it offered before and does not afterwards
 */
public record Impact(
        List<String> touched, List<Affected> affected, List<UUID> waiting, List<Offer> appears, List<Offer> vanishes) {

    /** How many waiting jobs are named. */
    public static final int MOST_WAITING = 100;

    /** Nothing. */
    public static final Impact NONE = new Impact(List.of(), List.of(), List.of(), List.of(), List.of());

    public Impact {
        touched = List.copyOf(touched);
        affected = List.copyOf(affected);
        waiting = List.copyOf(waiting);
        appears = List.copyOf(appears);
        vanishes = List.copyOf(vanishes);
    }

    /**
     * A bundle that notices the change.
     *
     * @param bundle its symbolic name
     * @param why what it uses, as a sentence
     */
    public record Affected(String bundle, String why) {}

    /**
     * Something that a bundle offers to jobs or to other bundles.
     *
     * @param kind of what kind
     * @param name the module's id, the package with its version, or the name of the service or capability
     */
    public record Offer(Kind kind, String name) {}

    /** Kinds of offers. */
    public enum Kind {
        MODULE,
        PACKAGE,
        SERVICE,
        CAPABILITY
    }
}

package dev.pawl.service.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The roll-out of a version of a bundle over the servers that share a store, while it lasts: they take it one after the other.
 *
 * @param bundle the symbolic name
 * @param generation a number that is higher than that of each deployment before
 * @param from the version before, which servers have until their step; null when there was none
 * @param to the version that is rolled out
 * @param isHeld whether it stays on its first server until it is promoted
 * @param startedAt the time of its begin, by the clock of the store
 * @param startedBy the user on whose behalf it was begun
 * @param server the name of the server on which it began
 * @param losses the number of servers that were lost while they alone had the version
 * @param isStalled whether no server has taken its step for too long, though some should
 * @param steps the steps of servers that have taken theirs, in order of their names
 */
public record RollOut(
        String bundle,
        long generation,
        @Nullable Deployment from,
        Deployment to,
        boolean isHeld,
        Instant startedAt,
        String startedBy,
        String server,
        int losses,
        boolean isStalled,
        List<Step> steps) {

    public RollOut {
        steps = List.copyOf(steps);
    }

    /** The step of the server that asks, if it has taken it. */
    public Optional<Step> own() {
        return steps.stream().filter(Step::isHere).findFirst();
    }

    /** Whether no server is amid its step. */
    public boolean isCalm() {
        return steps.stream().allMatch(step -> step.state() == State.SERVING);
    }

    /** The versions in words, such as {@code com.example.report 1.0.0 -> 2.0.0}. */
    public String described() {
        Deployment before = from;
        return bundle + " " + (before == null ? "" : before.version() + " -> ") + to.version();
    }

    /**
     * A server's step.
     *
     * @param server its name
     * @param owner the number of its process
     * @param isHere whether it is the server that asks
     * @param state how far it is
     * @param until the time until which it must be further, by the clock of the store; for one that serves the time since which it does
     * @param isLost whether its lease is over
     * @param isOverdue whether it should be further
     */
    public record Step(
            String server, long owner, boolean isHere, State state, Instant until, boolean isLost, boolean isOverdue) {}

    /** The states of a step, in order. */
    public enum State {
        /** The jobs are taken off the version before. */
        DRAINING,
        /** The new version is being started. */
        STARTING,
        /** It runs and takes jobs, and must stay healthy for a while. */
        PROVING,
        /** It has proved healthy. */
        SERVING
    }
}

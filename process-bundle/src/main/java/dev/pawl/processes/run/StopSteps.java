package dev.pawl.processes.run;

import dev.pawl.processes.child.Child;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The steps that end a process: the message {@code stop}, SIGTERM to its group (with SIGCONT, for one that was stopped), SIGKILL. The
 * server's own ladder decides about the last one, by the interrupt of the task's thread. For one thread.
 */
final class StopSteps {

    /** The time from {@code stop} to SIGTERM, in which a module may leave at its own pace. */
    private static final long TERM_AFTER_NS = TimeUnit.SECONDS.toNanos(2);

    /** The time from SIGTERM to SIGKILL when nothing interrupts. */
    private static final long KILL_AFTER_NS = TimeUnit.SECONDS.toNanos(30);

    /** The same when the thread was interrupted before SIGTERM, or nobody waits for the module's work. */
    private static final long KILL_SOON_NS = TimeUnit.SECONDS.toNanos(1);

    private final Child child;
    private final boolean listens;
    private boolean stopSent;
    private boolean termSent;
    private boolean killSent;
    private long termAt;
    private long killAt;

    StopSteps(Child child, boolean listens) {
        this.child = child;
        this.listens = listens;
    }

    /** Whether the process has been asked to end. */
    boolean begun() {
        return stopSent;
    }

    /** Asks the process to end. */
    void begin(String reason) {
        if (stopSent) {
            return;
        }
        stopSent = true;
        long now = System.nanoTime();
        if (listens) {
            child.send(Map.of(
                    "type", "stop", "reason", reason, "term_after_ms", TimeUnit.NANOSECONDS.toMillis(TERM_AFTER_NS)));
            termAt = now + TERM_AFTER_NS;
        } else {
            termAt = now;
        }
        killAt = termAt + KILL_AFTER_NS;
        advance();
    }

    /** Gives a process that has nothing more to do a short time to end. */
    void hurry() {
        stopSent = true;
        termAt = System.nanoTime() + TERM_AFTER_NS;
        killAt = termAt + KILL_SOON_NS;
    }

    /** Goes on at once, since the task's thread was interrupted. */
    void interrupted() {
        long now = System.nanoTime();
        stopSent = true;
        if (termSent) {
            killAt = now;
        } else {
            termAt = now;
            killAt = now + KILL_SOON_NS;
        }
        advance();
    }

    /** Kills it at once. */
    void endNow() {
        stopSent = true;
        termSent = true;
        killAt = System.nanoTime();
        advance();
    }

    /** Takes the steps that are due. */
    void advance() {
        long now = System.nanoTime();
        if (stopSent && !termSent && now - termAt >= 0) {
            termSent = true;
            child.terminate();
        }
        if (stopSent && !killSent && now - killAt >= 0) {
            killSent = true;
            child.kill();
        }
    }

    /** Whether SIGKILL was sent. */
    boolean killed() {
        return killSent;
    }
}

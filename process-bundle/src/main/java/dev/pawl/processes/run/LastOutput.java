package dev.pawl.processes.run;

import java.util.concurrent.TimeUnit;

/** The time for which the output of a process is taken that has ended, or that cannot be ended. For one thread. */
final class LastOutput {

    /** The time without output after which none is expected. All that held the pipe was ended, so that its end comes as soon as it is read. */
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(5);

    /** The longest time in which what such a process has left in its pipe is taken: others may write into it. */
    private static final long LONGEST_DRAIN_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long UNKILLABLE_NS = TimeUnit.SECONDS.toNanos(2);

    private long goneAt;
    private long quietFrom;
    private long killedAt;

    /** Notes that the process was killed. */
    void killed() {
        if (killedAt == 0) {
            killedAt = System.nanoTime();
        }
    }

    /**
     * Notes that the process has ended.
     *
     * @param wrote whether something of it came just now
     * @return whether this was the first time
     */
    boolean gone(boolean wrote) {
        long now = System.nanoTime();
        boolean first = goneAt == 0;
        if (first) {
            goneAt = now;
            quietFrom = now;
        } else if (wrote && now - goneAt < LONGEST_DRAIN_NS) {
            quietFrom = now; // the store may be slower than the process was
        }
        return first;
    }

    /** Notes that nothing more can come. */
    void over() {
        quietFrom = System.nanoTime() - DRAIN_NS - 1;
    }

    /** Notes that what the process had left was ended just now, which takes its time on a busy machine. */
    void swept() {
        quietFrom = System.nanoTime();
    }

    /** Whether nothing more is to be waited for. */
    boolean isOver() {
        long now = System.nanoTime();
        if (killedAt != 0 && now - killedAt > UNKILLABLE_NS) {
            return true; // it waits in the kernel; nothing that it says counts any more
        }
        return goneAt != 0 && now - quietFrom > DRAIN_NS;
    }
}

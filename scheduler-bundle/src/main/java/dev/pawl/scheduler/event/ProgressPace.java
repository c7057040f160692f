package dev.pawl.scheduler.event;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.scheduler.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pace at which the progress of a job is told: at once, and then not again within {@link #INTERVAL}, at whose end the last of what was
 * held back follows. Safe for many threads.
 */
public final class ProgressPace {

    /** The least time between two events of the progress of one job. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The number of jobs whose last event is remembered; beyond it, all are forgotten, and tell their progress once more. */
    private static final int MOST = 10_000;

    private final MonotonicClock clock;
    private final Timers timers;
    private final Map<UUID, Long> toldNs = new HashMap<>();
    private final Set<UUID> held = new HashSet<>();
    private @Nullable Later later;

    /** Learns that the progress of a job that was held back may be told. */
    interface Later {
        void due(UUID job);
    }

    public ProgressPace(MonotonicClock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /** Sets the one who is told of a job whose progress was held back, when it is time. */
    synchronized void delays(Later told) {
        later = told;
    }

    /** Whether the progress of a job may be told now; otherwise it is held back. */
    synchronized boolean lets(UUID job) {
        long now = clock.nanos();
        Long last = toldNs.get(job);
        if (last != null && now - last < INTERVAL.toNanos()) {
            if (held.add(job)) {
                var unused = timers.after(Duration.ofNanos(INTERVAL.toNanos() - (now - last)), () -> release(job));
            }
            return false;
        }
        if (toldNs.size() >= MOST) {
            toldNs.clear();
        }
        toldNs.put(job, now);
        return true;
    }

    private void release(UUID job) {
        Later told;
        synchronized (this) {
            if (!held.remove(job)) {
                return; // the job has ended
            }
            toldNs.remove(job);
            told = later;
        }
        if (told != null) {
            told.due(job);
        }
    }

    /** Forgets a job that does not run any more. */
    synchronized void ended(UUID job) {
        toldNs.remove(job);
        held.remove(job);
    }
}

package dev.pawl.scheduler.trace;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.job.Phase;
import dev.pawl.service.trace.PhaseTime;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The times of a run's phases. The run's thread records them; another may read them, when that thread is given up. */
public final class PhaseTimes {

    /** Records nothing. */
    public static final PhaseTimes NONE = new PhaseTimes(null);

    private final @Nullable MonotonicClock clock;
    private final long beganNs;
    private final Queue<PhaseTime> times = new ConcurrentLinkedQueue<>();

    private PhaseTimes(@Nullable MonotonicClock clock) {
        this.clock = clock;
        this.beganNs = clock == null ? 0 : clock.nanos();
    }

    /** Records the phases of a run that begins now. */
    static PhaseTimes from(MonotonicClock clock) {
        return new PhaseTimes(clock);
    }

    /** The mark of this moment, for {@link #ended}. */
    public long mark() {
        return clock == null ? 0 : clock.nanos();
    }

    /**
     * A phase has ended.
     *
     * @param mark the mark of its beginning
     */
    public void ended(int taskIndex, Phase phase, long mark) {
        if (clock != null) {
            times.add(new PhaseTime(
                    taskIndex, phase, Duration.ofNanos(mark - beganNs), Duration.ofNanos(clock.nanos() - mark)));
        }
    }

    /** The phases so far, in order. */
    public List<PhaseTime> all() {
        return List.copyOf(times);
    }
}

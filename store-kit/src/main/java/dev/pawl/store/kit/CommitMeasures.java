package dev.pawl.store.kit;

import dev.pawl.service.metric.Histogram;
import java.util.concurrent.atomic.LongAdder;

/** The measurements of group commits. Recorded by the writer's thread, read by any. */
public final class CommitMeasures {

    private final Histogram times = Histogram.ofShortTimes();
    private final Histogram sizes = Histogram.ofNumbers();
    private final LongAdder failures = new LongAdder();

    /**
     * A group was committed.
     *
     * @param beganNs when its first write was made
     */
    public void committed(long beganNs, int writes) {
        times.record(System.nanoTime() - beganNs);
        sizes.record(writes);
    }

    /** A group could not be written. */
    public void failed() {
        failures.increment();
    }

    /** How long transactions took, from their first write until they were on disk. */
    public Histogram.Counts times() {
        return times.counts();
    }

    /** How many writes shared a transaction. */
    public Histogram.Counts sizes() {
        return sizes.counts();
    }

    /** The number of groups that could not be written. */
    public long failures() {
        return failures.sum();
    }
}

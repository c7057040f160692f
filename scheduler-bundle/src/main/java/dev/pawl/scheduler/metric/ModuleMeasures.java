package dev.pawl.scheduler.metric;

import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.metric.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The measurements of the jobs of one module. Safe for many threads. */
final class ModuleMeasures {

    final LongAdder submitted = new LongAdder();
    final LongAdder began = new LongAdder();
    final Histogram waits = Histogram.ofLongTimes();
    final Histogram runs = Histogram.ofLongTimes();
    private final Map<RunOutcome, LongAdder> ended =
            new EnumMap<>(RunOutcome.class); // not changed any more once it is made

    ModuleMeasures() {
        for (RunOutcome outcome : RunOutcome.values()) {
            ended.put(outcome, new LongAdder());
        }
    }

    LongAdder ended(RunOutcome outcome) {
        return Objects.requireNonNull(ended.get(outcome));
    }
}

package dev.pawl.samples.backup;

import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A step's share of the task's progress, reported at most twice a second. */
final class Share {

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final TaskContext task;
    private final String step;
    private final double from;
    private final double to;
    private Duration next;

    /**
     * @param step its name
     * @param from the percentage at its beginning
     * @param to the percentage at its end
     */
    Share(TaskContext task, String step, double from, double to) {
        this.task = task;
        this.step = step;
        this.from = from;
        this.to = to;
        this.next = Duration.ZERO;
    }

    /** Reports the part that is done, 0 to 1. */
    void report(double done) {
        Duration now = task.elapsed();
        if (now.compareTo(next) >= 0) {
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("step", step);
            task.progress(from + (to - from) * Math.min(1, done), info);
            next = now.plus(BETWEEN);
        }
    }
}

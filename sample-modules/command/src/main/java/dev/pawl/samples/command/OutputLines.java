package dev.pawl.samples.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.TaskContext;
import dev.pawl.process.ProgramOutput;
import java.io.IOException;
import java.util.Map;

/** Lines of a program as lines of the job's log, or as results. */
final class OutputLines implements ProgramOutput {

    private static final JSON JSON_READER = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final long SHOW_EVERY_NS = 500_000_000;

    private final TaskContext task;
    private final boolean jsonLines;
    private long count;
    private long shownAt = System.nanoTime();

    OutputLines(TaskContext task, boolean jsonLines) {
        this.task = task;
        this.jsonLines = jsonLines;
    }

    /** The number of lines so far, both streams. */
    long count() {
        return count;
    }

    @Override
    public void line(Source source, String line) {
        count++;
        if (source == Source.ERR) {
            task.log(LogLevel.WARNING, line);
        } else if (!jsonLines || !isResult(line)) {
            task.log(LogLevel.INFO, line);
        }
        long now = System.nanoTime();
        if (now - shownAt > SHOW_EVERY_NS) {
            shownAt = now;
            task.progress(0, Map.of("lines", count));
        }
    }

    private boolean isResult(String line) {
        if (!line.startsWith("{")) {
            return false;
        }
        Map<String, Object> object;
        try {
            object = JSON_READER.mapFrom(line);
        } catch (IOException notJson) {
            return false;
        }
        try {
            task.emit(object);
            return true;
        } catch (IllegalArgumentException refused) {
            task.warning("A line of JSON is no result: " + refused.getMessage());
            return false;
        }
    }
}

package dev.pawl.samples.handbrake;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.TaskContext;
import dev.pawl.process.Exit;
import dev.pawl.process.ProgramOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The output of HandBrakeCLI with {@code --json}: objects on standard output, such as {@code Progress: {…}} over several lines, and a log on standard
 * error, from which the number of frames and the reason of a failure are taken.
 */
final class HandbrakeOutput implements ProgramOutput {

    private static final String PROGRESS = "Progress: {";
    private static final Pattern FRAMES = Pattern.compile("sync: expecting (\\d+) video frames");
    private static final Pattern REASON = Pattern.compile(
            "(?i)(\\[[0-9:]+\\] )?(error: |invalid |unknown |unsupported |missing |no title found|could not ).*");
    private static final int MOST_REASONS = 5;

    private final TaskContext task;
    private final Deque<String> reasons = new ArrayDeque<>();
    private @Nullable StringBuilder object;
    private Map<String, Object> last = new LinkedHashMap<>();
    private long frames;
    private boolean done;

    HandbrakeOutput(TaskContext task) {
        this.task = task;
    }

    @Override
    public void line(Source source, String line) {
        if (source == Source.ERR) {
            log(line);
        } else if (line.endsWith(PROGRESS)) {
            object = new StringBuilder("{");
        } else if (object != null) {
            object.append(line);
            if (line.equals("}")) {
                String json = object.toString();
                object = null;
                read(json);
            }
        }
    }

    /** Whether it said that it has encoded everything. */
    boolean isDone() {
        return done;
    }

    /** The reason why it failed, in its own words. */
    String reason(Exit exit) {
        if (!reasons.isEmpty()) {
            return "failed: " + String.join("\n", reasons);
        }
        return exit.isSuccess() ? "encoded nothing: " + String.join("\n", exit.lastLines()) : exit.sentence();
    }

    private void log(String line) {
        Matcher expected = FRAMES.matcher(line);
        if (expected.find()) {
            frames = Long.parseLong(expected.group(1));
        }
        if (line.regionMatches(true, 0, "warning:", 0, "warning:".length())) {
            task.warning(line);
        } else if (REASON.matcher(line).matches()) {
            if (reasons.size() < MOST_REASONS) {
                reasons.add(line);
            }
            task.log(LogLevel.DEBUG, line);
        } else if (!line.isBlank()) {
            task.log(LogLevel.DEBUG, line);
        }
    }

    private void read(String json) {
        try {
            Map<String, Object> progress = JSON.std.mapFrom(json);
            if (progress.get("Working") instanceof Map<?, ?> working) {
                report(working);
            } else if (progress.get("WorkDone") instanceof Map<?, ?> ended) {
                done = number(ended.get("Error"), -1) == 0;
            }
        } catch (IOException notJson) {
            task.log(LogLevel.DEBUG, json);
        }
    }

    private void report(Map<?, ?> working) {
        double part = number(working.get("Progress"), 0);
        double pass = Math.max(number(working.get("Pass"), 1), 1);
        double passes = Math.max(number(working.get("PassCount"), 1), pass);
        Map<String, Object> info = new LinkedHashMap<>();
        if (frames > 0) {
            info.put("current_frame", (long) (part * frames));
            info.put("total_frames", frames);
        }
        info.put("fps", number(working.get("RateAvg"), 0));
        if (passes > 1) {
            info.put("pass", (int) pass);
            info.put("passes", (int) passes);
        }
        double left = number(working.get("ETASeconds"), 0);
        if (left > 0) {
            info.put("eta_s", (long) left);
        }
        last = info;
        task.progress(100.0 * (pass - 1 + part) / passes, info);
    }

    /** Reports that it is done: a short encode ends between two reports. */
    void finish() {
        last.remove("eta_s");
        last.computeIfPresent("current_frame", (name, before) -> frames);
        task.progress(100, last);
    }

    private static double number(@Nullable Object json, double otherwise) {
        return json instanceof Number number ? number.doubleValue() : otherwise;
    }
}

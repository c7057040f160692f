package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.TaskContext;
import dev.pawl.process.ProgramOutput;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what FFmpeg writes during an encode: its progress, which is a block of lines twice a second and becomes the task's progress, and its
 * messages, which become lines of the job's log.
 */
final class EncodeOutput implements ProgramOutput {

    private static final int MOST_MESSAGES_LOGGED = 200;
    private static final int LAST_MESSAGES = 8;

    private final TaskContext task;
    private final ExpectedLength expected;
    private final Map<String, String> block = new LinkedHashMap<>();
    private final ArrayDeque<String> lastMessages = new ArrayDeque<>();
    private Map<String, Object> lastInfo = Map.of();
    private double percent;
    private int messages;

    EncodeOutput(TaskContext task, ExpectedLength expected) {
        this.task = task;
        this.expected = expected;
    }

    @Override
    public void line(Source source, String line) {
        if (source == Source.ERR) {
            message(line);
            return;
        }
        int equals = line.indexOf('=');
        if (equals > 0) {
            String key = line.substring(0, equals).strip();
            block.put(key, line.substring(equals + 1).strip());
            if (key.equals("progress")) {
                report();
                block.clear();
            }
        }
    }

    /** The last messages, one a line. */
    String lastMessages() {
        return String.join("\n", lastMessages);
    }

    /** The info that was reported last. */
    Map<String, Object> lastInfo() {
        return lastInfo;
    }

    private void message(String line) {
        if (line.isBlank()) {
            return;
        }
        if (lastMessages.size() == LAST_MESSAGES) {
            lastMessages.removeFirst();
        }
        lastMessages.addLast(line);
        messages++;
        if (messages <= MOST_MESSAGES_LOGGED) {
            task.log(LogLevel.INFO, line);
        } else if (messages == MOST_MESSAGES_LOGGED + 1) {
            task.warning("FFmpeg says more; from here on its messages are left out.");
        }
    }

    private void report() {
        Double micros = number("out_time_us");
        Double seconds = expected.seconds();
        if (micros != null && seconds != null) {
            percent = Math.max(percent, Math.min(100, micros / 10_000 / seconds));
        }
        Map<String, Object> info = new LinkedHashMap<>();
        Double frame = number("frame");
        if (frame != null) {
            long current = frame.longValue();
            info.put("current_frame", current);
            if (expected.frames() != null) {
                info.put("total_frames", Math.max(current, expected.frames()));
            }
        }
        put("fps", number("fps"), info);
        put("speed", number("speed"), info);
        lastInfo = info;
        task.progress(percent, info);
    }

    private static void put(String name, @Nullable Double value, Map<String, Object> info) {
        if (value != null) {
            info.put(name, value);
        }
    }

    private @Nullable Double number(String key) {
        String text = block.getOrDefault(key, "");
        String digits = text.endsWith("x") ? text.substring(0, text.length() - 1) : text;
        try {
            double number = Double.parseDouble(digits);
            return number >= 0 && number < Long.MAX_VALUE ? number : null;
        } catch (NumberFormatException unknown) {
            return null; // N/A, before the first frame
        }
    }
}

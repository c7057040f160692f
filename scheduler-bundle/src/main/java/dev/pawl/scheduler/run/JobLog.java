package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.launch.JobLogSink;
import org.jspecify.annotations.Nullable;

/** Puts what the thread of a task logs into the log of its job; lines of other threads are passed over. */
public final class JobLog implements JobLogSink {

    /** The log of the task that a thread works for. */
    interface TaskLog {
        /** Logs a line, without an exception when the run is to end or has ended. */
        void logQuietly(LogLevel level, String message);

        /** The text without the secrets of the task. */
        String hide(String text);
    }

    @SuppressWarnings("ThreadLocalUsage") // one for each scheduler, of which a process has one and a test several
    private final ThreadLocal<@Nullable TaskLog> current = new ThreadLocal<>();

    /** Takes the name of a level and a message. Never throws: it is called from inside a logging call. */
    @Override
    public void add(String level, String message) {
        TaskLog task = current.get();
        if (task == null) {
            return;
        }
        current.remove(); // lines logged on the way to the log do not go there
        try {
            task.logQuietly(levelOf(level), message);
        } finally {
            current.set(task);
        }
    }

    @Override
    public String masked(String text) {
        TaskLog task = current.get();
        return task == null ? text : task.hide(text);
    }

    void enter(TaskLog task) {
        current.set(task);
    }

    void leave() {
        current.remove();
    }

    private static LogLevel levelOf(String name) {
        return switch (name) {
            case "TRACE", "DEBUG" -> LogLevel.DEBUG;
            case "WARN", "WARNING" -> LogLevel.WARNING;
            case "ERROR" -> LogLevel.ERROR;
            default -> LogLevel.INFO;
        };
    }
}

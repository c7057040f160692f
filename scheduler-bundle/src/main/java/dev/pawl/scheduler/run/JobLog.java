package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts what a task's thread logs into the job's log; what other threads log is none of its business. */
public final class JobLog implements BiConsumer<String, String>, UnaryOperator<String> {

    @SuppressWarnings("ThreadLocalUsage") // one for each scheduler, of which a process has one and a test several
    private final ThreadLocal<@Nullable RunTaskContext> current = new ThreadLocal<>();

    /** Takes a level's name and a message. Never throws: it is called from within somebody's logging. */
    @Override
    public void accept(String level, String message) {
        RunTaskContext task = current.get();
        if (task == null) {
            return;
        }
        current.remove(); // what is logged on the way to the log does not go there
        try {
            task.logQuietly(levelOf(level), message);
        } finally {
            current.set(task);
        }
    }

    /** The text without the secrets of the task that the calling thread works for. Never throws. */
    @Override
    public String apply(String text) {
        RunTaskContext task = current.get();
        return task == null ? text : task.hide(text);
    }

    void enter(RunTaskContext task) {
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

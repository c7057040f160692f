package dev.pawl.service.catalog;

import dev.pawl.service.data.TextLimit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a module that goes on after its run. Only a restart of the server ends it for sure.
 *
 * @param kind the way in which it came to be left
 * @param name its name, without secrets, cut to {@link TextLimit#NAME}
 * @param job the job that started it; null when that is not known
 * @param state what it does now, such as {@code runnable} or {@code timed_waiting}
 * @param stack the calls in which it is now, the innermost first, {@link #MOST_FRAMES} at most
 */
public record LingeringThread(
        Kind kind, String name, @Nullable UUID job, String state, List<String> stack) {

    /** The threads of a module that are told at once. */
    public static final int MOST = 20;

    /** The calls of a thread that are told. */
    public static final int MOST_FRAMES = 50;

    /** The ways in which threads come to be left. */
    public enum Kind {
        /** Its run would not end when it was interrupted. It can write nothing any more. */
        ABANDONED,
        /** A run started it, and ended without it. */
        LEAKED;

        /** The word on the wire, such as {@code leaked}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public LingeringThread {
        name = TextLimit.NAME.kept(name);
        stack = stack.stream().limit(MOST_FRAMES).map(TextLimit.NAME::kept).toList();
    }

    /** A thread as it is now. */
    public static LingeringThread of(Kind kind, String name, @Nullable UUID job, Thread thread) {
        List<String> stack = List.of(thread.getStackTrace()).stream()
                .limit(MOST_FRAMES)
                .map(StackTraceElement::toString)
                .toList();
        return new LingeringThread(kind, name, job, thread.getState().name().toLowerCase(Locale.ROOT), stack);
    }
}

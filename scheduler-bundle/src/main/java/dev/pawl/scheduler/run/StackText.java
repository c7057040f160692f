package dev.pawl.scheduler.run;

import dev.pawl.scheduler.schema.Secrets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stack trace in the JDK's form, up to a length. An exception is the module's code: its message may throw, be huge, or its causes go in
 * a circle, and nothing of it is copied that is not shown.
 */
final class StackText {

    private static final int LONGEST_MESSAGE = 4 * 1024;

    private final StringBuilder text = new StringBuilder();
    private final List<String> secrets;
    private final int most;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private StackText(List<String> secrets, int most) {
        this.secrets = secrets;
        this.most = most;
    }

    static String of(Throwable thrown, List<String> secrets, int most) {
        StackText stack = new StackText(secrets, most);
        stack.add("", "", thrown, new StackTraceElement[0]);
        return stack.text.length() <= most ? stack.text.toString() : stack.text.substring(0, most - 1) + "…";
    }

    /** What the exception says, without the secrets; null when it says nothing, and that it cannot be read when it throws. */
    static @Nullable String message(Throwable thrown, List<String> secrets) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : Secrets.shown(message, secrets, LONGEST_MESSAGE);
        } catch (RuntimeException | Error e) {
            return "(its message could not be read: " + e.getClass().getName() + ")";
        }
    }

    private void add(String indent, String caption, Throwable thrown, StackTraceElement[] outer) {
        String message = message(thrown, secrets);
        text.append(indent).append(caption).append(thrown.getClass().getName());
        text.append(message == null ? "" : ": " + message).append('\n');
        if (!seen.add(thrown)) {
            text.append(indent).append("\t[seen above]\n");
            return;
        }
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            addFrames(indent, frames, outer);
            for (Throwable suppressed : thrown.getSuppressed()) {
                next(indent + "\t", "Suppressed: ", suppressed, frames);
            }
            next(indent, "Caused by: ", thrown.getCause(), frames);
        } catch (RuntimeException | Error e) {
            text.append(indent)
                    .append("\t[the rest could not be read: ")
                    .append(e.getClass().getName())
                    .append("]\n");
        }
    }

    private void addFrames(String indent, StackTraceElement[] frames, StackTraceElement[] outer) {
        int own = frames.length;
        for (int i = 1; own > 0 && i <= outer.length && frames[own - 1].equals(outer[outer.length - i]); i++) {
            own--; // as the JDK does: what the outer one shows already is not shown again
        }
        for (int i = 0; i < own && text.length() <= most; i++) {
            text.append(indent).append("\tat ").append(frames[i]).append('\n');
        }
        if (own < frames.length) {
            text.append(indent).append("\t... ").append(frames.length - own).append(" more\n");
        }
    }

    private void next(String indent, String caption, @Nullable Throwable thrown, StackTraceElement[] outer) {
        if (thrown != null && text.length() <= most) {
            add(indent, caption, thrown, outer);
        }
    }
}

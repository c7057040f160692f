package dev.pawl.scheduler.thread;

import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.service.data.TextLimit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stack trace in the JDK's form, up to a length, with the number of lines that are missing. An exception is code of the module: its
 * message may throw or be huge, its causes may form a circle or have no end. Nothing of it is copied that is not shown.
 */
public final class StackText {

    /** Number of exceptions that are looked at, including those that are only counted. */
    private static final int MOST_EXCEPTIONS = 1_000;

    private static final int LONGEST_NOTE = 60;

    private final StringBuilder text = new StringBuilder();
    private final List<String> secrets;
    private final int most;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long missing;
    private boolean endless;

    private StackText(List<String> secrets, int most) {
        this.secrets = secrets;
        this.most = most;
    }

    public static String of(Throwable thrown, List<String> secrets, TextLimit limit) {
        StackText stack = new StackText(secrets, limit.characters() - LONGEST_NOTE);
        stack.add("", "", thrown, new StackTraceElement[0]);
        return stack.missing == 0
                ? stack.text.toString()
                : stack.text
                        + String.format(
                                Locale.ROOT,
                                "… [%s%,d more lines were cut]",
                                stack.endless ? "more than " : "",
                                stack.missing);
    }

    /** The message of the exception without the secrets; null when it has none, and a note when it cannot be read. */
    public static @Nullable String message(Throwable thrown, List<String> secrets) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : Secrets.shown(message, secrets, TextLimit.MESSAGE);
        } catch (RuntimeException | Error e) {
            return "(its message could not be read: " + e.getClass().getName() + ")";
        }
    }

    private void add(String indent, String caption, Throwable thrown, StackTraceElement[] outer) {
        if (seen.size() >= MOST_EXCEPTIONS) {
            endless = true;
            return;
        }
        if (hasRoom()) {
            String message = message(thrown, secrets);
            line(indent + caption + thrown.getClass().getName() + (message == null ? "" : ": " + message));
        } else {
            missing++;
        }
        if (!seen.add(thrown)) {
            line(indent + "\t[seen above]");
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
            line(indent + "\t[the rest could not be read: " + e.getClass().getName() + "]");
        }
    }

    private void addFrames(String indent, StackTraceElement[] frames, StackTraceElement[] outer) {
        int own = frames.length;
        for (int i = 1; own > 0 && i <= outer.length && frames[own - 1].equals(outer[outer.length - i]); i++) {
            own--; // as the JDK does: what the outer one shows already is not shown again
        }
        int shown = 0;
        for (; shown < own && hasRoom(); shown++) {
            line(indent + "\tat " + frames[shown]);
        }
        missing += own - shown;
        if (own < frames.length) {
            line(indent + "\t... " + (frames.length - own) + " more");
        }
    }

    private void next(String indent, String caption, @Nullable Throwable thrown, StackTraceElement[] outer) {
        if (thrown != null) {
            add(indent, caption, thrown, outer);
        }
    }

    private boolean hasRoom() {
        return missing == 0;
    }

    /** Adds a line; the first one that does not fit is cut, and ends the text. */
    private void line(String line) {
        int room = most - text.length() - 1;
        if (!hasRoom()) {
            missing++;
        } else if (line.length() <= room) {
            text.append(line).append('\n');
        } else {
            int end = Math.max(0, room);
            boolean splits = end > 0 && Character.isHighSurrogate(line.charAt(end - 1));
            text.append(line, 0, splits ? end - 1 : end);
            missing++;
        }
    }
}

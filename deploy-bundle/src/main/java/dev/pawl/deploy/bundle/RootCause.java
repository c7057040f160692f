package dev.pawl.deploy.bundle;

import dev.pawl.service.data.TextLimit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes the root cause of an exception from a bundle. Its code is not trusted: its causes may form a circle or have no end, and its
 * message may throw or be huge.
 */
final class RootCause {

    private static final int DEEPEST = 1_000;

    private RootCause() {}

    /** The class and message of the root cause. */
    static String of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable root = failure;
        for (Throwable next = failure; next != null && seen.size() < DEEPEST && seen.add(next); next = cause(next)) {
            root = next;
        }
        return words(root);
    }

    private static @Nullable Throwable cause(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException | Error e) {
            return null;
        }
    }

    private static String words(Throwable failure) {
        String type = failure.getClass().getName();
        try {
            String message = failure.getMessage();
            return message == null ? type : TextLimit.MESSAGE.kept(type + ": " + message);
        } catch (RuntimeException | Error e) {
            return type + " (its message could not be read: " + e.getClass().getName() + ")";
        }
    }
}

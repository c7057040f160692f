package dev.pawl.testkit;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for conditions on other threads; the only place where a test sleeps. */
public final class Eventually {

    /** The longest wait of the methods without a duration. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MS = 2;

    private Eventually() {}

    /** A condition that may not hold yet. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Assertions that eventually pass. */
    @FunctionalInterface
    public interface Assertion {
        void check() throws Exception;
    }

    /** A lookup of a value that may not be available yet. */
    @FunctionalInterface
    public interface Lookup<T> {
        Optional<T> find() throws Exception;
    }

    /** Waits at most {@link #PATIENCE} until the condition holds; {@code what} says in the failure what did not happen. */
    public static void eventually(String what, Condition condition) {
        eventually(what, PATIENCE, condition);
    }

    /** Waits until the condition holds; {@code what} says in the failure what did not happen. */
    public static void eventually(String what, Duration patience, Condition condition) {
        eventually(patience, () -> {
            if (!condition.holds()) {
                throw new AssertionError("Did not happen within " + patience + ": " + what);
            }
        });
    }

    /** Waits at most {@link #PATIENCE} until all assertions pass. */
    public static void eventually(Assertion assertion) {
        eventually(PATIENCE, assertion);
    }

    /** Waits until all assertions pass, and ends with the last one's failure when they do not. */
    public static void eventually(Duration patience, Assertion assertion) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Throwable failure = failureOf(assertion);
            if (failure == null) {
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(failure.getMessage(), failure);
            }
            pause();
        }
    }

    /** Waits at most {@link #PATIENCE} for a value; {@code what} says in the failure what was not found. */
    public static <T> T eventuallyFind(String what, Lookup<T> lookup) {
        var found = new Object() {
            Optional<T> value = Optional.empty();
        };
        eventually(what, () -> {
            found.value = lookup.find();
            return found.value.isPresent();
        });
        return found.value.orElseThrow();
    }

    private static @Nullable Throwable failureOf(Assertion assertion) {
        try {
            assertion.check();
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The waiting test was interrupted.", e);
        }
    }
}

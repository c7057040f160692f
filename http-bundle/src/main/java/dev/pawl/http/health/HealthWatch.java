package dev.pawl.http.health;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health as it can be told at once. One look at a time is under way, whoever asks; when it takes longer than a moment, the state of
 * the look before is told, until the look has taken so long that the server is not ready. Safe for many threads.
 */
public final class HealthWatch implements Supplier<Health.State> {

    /** The wait for a look; a prober gets its answer within 100 ms. */
    private static final Duration MOMENT = Duration.ofMillis(50);

    /** The time after which a look without an answer is an answer. */
    static final Duration TOO_LONG = Duration.ofSeconds(5);

    private final Supplier<Health.State> health;
    private final Executor threads;
    private final LongSupplier nanoTime;
    private Health.@Nullable State last;
    private @Nullable CompletableFuture<Health.State> looking;
    private long since;

    /** @param threads the threads that look */
    public HealthWatch(Supplier<Health.State> health, Executor threads) {
        this(health, threads, System::nanoTime);
    }

    HealthWatch(Supplier<Health.State> health, Executor threads, LongSupplier nanoTime) {
        this.health = health;
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    @Override
    public Health.State get() {
        CompletableFuture<Health.State> look = look();
        try {
            Health.State state = look.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            seen(state);
            return state;
        } catch (TimeoutException late) {
            return meanwhile();
        } catch (ExecutionException failed) {
            return Health.State.of(new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The health cannot be told: " + failed.getCause(), failed));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return meanwhile();
        }
    }

    private synchronized CompletableFuture<Health.State> look() {
        CompletableFuture<Health.State> present = looking;
        if (present == null || present.isDone()) {
            since = nanoTime.getAsLong();
            present = CompletableFuture.supplyAsync(health, threads);
            looking = present;
        }
        return present;
    }

    private synchronized void seen(Health.State state) {
        last = state;
    }

    private synchronized Health.State meanwhile() {
        Duration waited = Duration.ofNanos(nanoTime.getAsLong() - since);
        Health.State known = last;
        return known != null && waited.compareTo(TOO_LONG) < 0
                ? known
                : Health.State.of(new ProblemException(
                        ProblemCode.STORE_UNAVAILABLE,
                        "The store has not answered for " + waited.toMillis() / 1_000.0 + " s."));
    }
}

package dev.pawl.oidc;

import dev.pawl.service.access.VerifiedToken;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies tokens on {@value #MOST_THREADS} threads, which may wait for the issuer; {@value #MOST_WAITING} tokens wait for them, and more
 * are refused. The issuer is first asked when the first token comes, so that a server starts without it.
 */
final class Verification implements AutoCloseable {

    static final int MOST_THREADS = 2;
    static final int MOST_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final long IDLE_S = 10;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final OidcSettings settings;
    private final InstantSource clock;
    private final VerifiedTokens known;
    private final ThreadPoolExecutor threads;
    private volatile boolean closed;
    private @Nullable TokenCheck check;
    private @Nullable ProblemException trouble;
    private long troubleSince;

    Verification(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.known = new VerifiedTokens(clock);
        this.threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, IDLE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "pawl-oidc");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    CompletionStage<VerifiedToken> verify(String token) {
        Optional<VerifiedToken> recent = known.find(token);
        if (recent.isPresent()) {
            return CompletableFuture.completedFuture(recent.get());
        }
        CompletableFuture<VerifiedToken> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(checked(token));
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(
                    closed
                            ? stopped()
                            : new ProblemException(
                                    ProblemCode.OVERLOADED,
                                    MOST_WAITING + " tokens of the issuer wait to be verified already.",
                                    full));
        }
        return result;
    }

    private VerifiedToken checked(String token) {
        if (closed) {
            throw stopped();
        }
        VerifiedToken verified = check().check(token);
        known.put(token, verified);
        return verified;
    }

    private static ProblemException stopped() {
        return new ProblemException(ProblemCode.SHUTTING_DOWN, "The server verifies no more tokens, since it stops.");
    }

    private synchronized TokenCheck check() {
        TokenCheck ready = check;
        if (ready == null) {
            ready = ask();
            check = ready;
        }
        return ready;
    }

    /** Asks the issuer; within some seconds after it could not be reached, the requests are told so without another try. */
    private TokenCheck ask() {
        ProblemException known = trouble;
        if (known != null && System.nanoTime() - troubleSince < PAUSE_NANOS) {
            throw known;
        }
        try {
            TokenCheck asked = new TokenCheck(settings, IssuerKeys.of(settings), clock);
            trouble = null;
            return asked;
        } catch (IOException e) {
            ProblemException problem = new ProblemException(
                    ProblemCode.ISSUER_UNAVAILABLE,
                    "The issuer " + settings.issuer() + " cannot be asked for its keys: " + e.getMessage(),
                    e);
            if (trouble == null) {
                LOG.warn("{}", problem.getMessage());
            }
            trouble = problem;
            troubleSince = System.nanoTime();
            throw problem;
        }
    }

    /** Ends the threads; the tokens that wait are refused. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow().forEach(Runnable::run); // each finds out that this is closed
    }
}

package dev.pawl.http;

import dev.pawl.http.auth.Tokens;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the tokens by the clock: at the file of the admin token every second, and every minute it stores the latest uses. */
final class TokenUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(TokenUpkeep.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int LOOKS_BETWEEN_SAVES = 60;

    private final Tokens tokens;
    private final Executor threads;
    private int looks;

    /** @param threads the threads that do it, since both may wait for the disk */
    TokenUpkeep(Tokens tokens, Executor threads) {
        this.tokens = tokens;
        this.threads = threads;
    }

    /** Begins, until the scheduler stops. */
    void begin(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    try {
                        threads.execute(() -> look(scheduler));
                    } catch (RejectedExecutionException stopping) {
                        LOG.debug("The tokens are no longer looked after", stopping);
                    }
                },
                LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look(Scheduler scheduler) {
        try {
            tokens.look();
            if (++looks % LOOKS_BETWEEN_SAVES == 0) {
                tokens.saveUses();
            }
        } catch (RuntimeException failed) { // the next look must come
            LOG.warn("The tokens could not be looked after", failed);
        } finally {
            begin(scheduler);
        }
    }
}

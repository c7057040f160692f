package dev.pawl.http;

import dev.pawl.http.auth.SlowedException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;

/** Refuses requests some time after they came, without a thread that waits: a client that tries one wrong token after another gets on slowly. */
final class LateRefusals {

    /** The most that wait at once; more are refused at once, since each holds a little memory. */
    private static final int MOST = 256;

    private final Semaphore places = new Semaphore(MOST);
    private final Executor threads;

    /** @param threads the threads that send the answers */
    LateRefusals(Executor threads) {
        this.threads = threads;
    }

    void refuse(Exchange delivery, Request request, SlowedException slowed) {
        if (!places.tryAcquire()) {
            delivery.refuse(slowed.problem());
            return;
        }
        request.getComponents()
                .getScheduler()
                .schedule(() -> send(delivery, slowed), slowed.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send(Exchange delivery, SlowedException slowed) {
        places.release();
        try {
            threads.execute(() -> delivery.refuse(slowed.problem()));
        } catch (RejectedExecutionException stopping) {
            delivery.refuse(slowed.problem());
        }
    }
}

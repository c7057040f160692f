package dev.pawl.http.stream;

import dev.pawl.http.server.ClientPresence;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request that waits for the end of a job, as a follower of its log who wants no line of it. */
final class JobWait implements LogSubscriber, Runnable {

    private static final long LOOK_EVERY_MS = 1_000;

    private final Request request;
    private final ClientPresence client;
    private final long until;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile @Nullable Subscription subscription;

    JobWait(Request request, Duration most) {
        this.request = request;
        this.client = new ClientPresence(request);
        this.until = System.nanoTime() + most.toNanos();
    }

    /** Completes at the end of the wait, whatever ended it. */
    CompletableFuture<Void> over() {
        return over;
    }

    void begin(Scheduler scheduler, String job) {
        request.addFailureListener(failure -> finish()); // HTTP/2 tells at once that a client has gone
        subscription = scheduler.subscribe(job, Long.MAX_VALUE, this);
        if (over.isDone()) {
            unsubscribe();
        } else {
            lookLater();
        }
    }

    private void lookLater() {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()) + 1;
        request.getComponents().getScheduler().schedule(this, Math.min(leftMs, LOOK_EVERY_MS), TimeUnit.MILLISECONDS);
    }

    /** Ends the wait when its time is over or its client has gone; looks again later otherwise. */
    @Override
    public void run() {
        if (over.isDone()) {
            return;
        }
        if (System.nanoTime() - until >= 0 || client.isGone()) {
            finish();
        } else {
            lookLater();
        }
    }

    /** Called for no line of a real log, since none has a greater number. */
    @Override
    public void next(LogEntry entry) {}

    @Override
    public void ended() {
        finish();
    }

    void finish() {
        client.stop();
        if (over.complete(null)) {
            unsubscribe();
        }
    }

    private void unsubscribe() {
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}

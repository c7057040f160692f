package dev.pawl.testkit.fake;

import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A subscription that delivers in order, on its own thread. */
public final class FakeSubscription implements Subscription {

    /** The number of delivered entries. */
    public final AtomicInteger delivered = new AtomicInteger();

    private final UUID job;
    private final LogSubscriber subscriber;
    private final Consumer<FakeSubscription> onClose;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "fake-subscription");
        made.setDaemon(true);
        return made;
    });

    FakeSubscription(UUID job, LogSubscriber subscriber, Consumer<FakeSubscription> onClose) {
        this.job = job;
        this.subscriber = subscriber;
        this.onClose = onClose;
    }

    UUID job() {
        return job;
    }

    void deliver(LogEntry entry) {
        run(() -> {
            awaitReady();
            subscriber.next(entry);
            subscriber.flush();
            delivered.incrementAndGet();
        });
    }

    void end() {
        run(subscriber::ended);
    }

    private synchronized void awaitReady() {
        try {
            while (!subscriber.isReady()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void resume() {
        notifyAll();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        onClose.accept(this);
    }

    private void run(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    close();
                }
            });
        } catch (RejectedExecutionException e) {
            onClose.accept(this);
        }
    }
}

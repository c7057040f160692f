package dev.pawl.samples.http;

import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits of a task between two requests, which end at once when the job is stopped, and soon when it is to be parked. */
final class Waits {

    private static final long CHECK_EVERY_MS = 100;
    private static final long CHECKPOINTS_EVERY_MS = 2_000;

    private Waits() {}

    /** Waits; nothing may have been emitted since the last checkpoint, so that the job can be parked meanwhile. */
    static void pause(Duration wait, TaskContext task) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long begin = System.nanoTime();
        long nextCheckpoint = CHECKPOINTS_EVERY_MS;
        for (long waited = 0;
                waited < wait.toMillis();
                waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)) {
            if (never.await(Math.min(wait.toMillis() - waited, CHECK_EVERY_MS), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Nobody counts this latch down.");
            }
            task.throwIfCancelled();
            if (waited >= nextCheckpoint) {
                task.checkpoint(Map.of());
                nextCheckpoint += CHECKPOINTS_EVERY_MS;
            }
        }
    }
}

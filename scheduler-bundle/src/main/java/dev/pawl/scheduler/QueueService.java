package dev.pawl.scheduler;

import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Queue;
import dev.pawl.service.store.Confirmation;
import java.util.concurrent.CompletionStage;

/** Shows the queue and holds it back, whole or by module. */
final class QueueService implements JobQueue {

    private final SchedulerParts parts;
    private final JobViews views;

    QueueService(SchedulerParts parts) {
        this.parts = parts;
        this.views = new JobViews(parts);
    }

    @Override
    public Queue waiting(int limit) {
        return views.queue(PageLimit.checked(limit));
    }

    @Override
    public CompletionStage<Void> disable(boolean disabled) {
        return changed(parts.controls().disableQueue(disabled));
    }

    @Override
    public CompletionStage<Integer> clear() {
        return Attempt.of(() -> Confirmation.within(parts.store().removePending(), "The removal of the waiting jobs")
                .thenApply(removed -> {
                    parts.removedMany();
                    return removed;
                }));
    }

    @Override
    public CompletionStage<Void> pauseModule(String module, boolean paused) {
        return Attempt.of(() -> {
            if (paused) { // whatever was paused may go on, also when it has gone meanwhile
                parts.submission().requireInstalled(module);
            }
            return changed(parts.controls().pause(module, paused));
        });
    }

    /** A change of what may start: what was claimed before it has begun when it is over, and nothing is claimed any more that it forbids. */
    private CompletionStage<Void> changed(CompletionStage<Void> change) {
        return Confirmation.within(change, "The pause or its end")
                .thenRunAsync(
                        () -> {
                            parts.dispatcher().settle();
                            parts.dispatcher().wake();
                        },
                        parts.background());
    }
}

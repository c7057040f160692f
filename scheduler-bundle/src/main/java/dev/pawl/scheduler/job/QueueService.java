package dev.pawl.scheduler.job;

import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.WaitingReason;
import dev.pawl.service.store.Confirmation;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Shows the queue and pauses it, whole or by module. */
public final class QueueService implements JobQueue {

    private final JobViews views;
    private final QueueReasons reasons;
    private final JobControl control;
    private final QueueControls controls;
    private final RequestValidation validation;
    private final Dispatcher dispatcher;
    private final Executor background;
    private final EventPublisher events;
    private final InstantSource clock;

    public QueueService(
            JobViews views,
            QueueReasons reasons,
            JobControl control,
            QueueControls controls,
            RequestValidation validation,
            Dispatcher dispatcher,
            Executor background,
            EventPublisher events,
            InstantSource clock) {
        this.views = views;
        this.reasons = reasons;
        this.control = control;
        this.controls = controls;
        this.validation = validation;
        this.dispatcher = dispatcher;
        this.background = background;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Queue waiting(int limit) {
        return views.queue(PageLimit.checked(limit));
    }

    @Override
    public List<WaitingReason> reasons() {
        return reasons.all();
    }

    @Override
    public CompletionStage<Void> disable(boolean disabled) {
        return changed(controls.disableQueue(disabled), disabled, null);
    }

    @Override
    public CompletionStage<Integer> clear() {
        return Attempt.of(control::removeWaiting).thenApply(removed -> {
            events.publish(() -> new QueueEvent(clock.instant(), QueueEvent.Change.CLEARED, null, removed));
            return removed;
        });
    }

    @Override
    public CompletionStage<Void> pauseModule(String module, boolean paused) {
        return Attempt.of(() -> {
            if (paused) { // a paused module may go on, also when it has gone meanwhile
                validation.requireInstalled(module);
            }
            return changed(controls.pause(module, paused), paused, module);
        });
    }

    /** Completes when every job claimed before the change has begun; from then on no claim goes against it. */
    private CompletionStage<Void> changed(CompletionStage<Void> change, boolean paused, @Nullable String module) {
        return Confirmation.within(change, "The pause or its end")
                .thenRunAsync(
                        () -> {
                            events.publish(() -> new QueueEvent(
                                    clock.instant(),
                                    paused ? QueueEvent.Change.PAUSED : QueueEvent.Change.RESUMED,
                                    module,
                                    0));
                            dispatcher.settle();
                            dispatcher.wake();
                        },
                        background);
    }
}

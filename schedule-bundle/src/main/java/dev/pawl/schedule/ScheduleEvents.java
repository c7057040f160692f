package dev.pawl.schedule;

import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.ScheduleEvent;
import dev.pawl.service.event.ScheduleEvent.Change;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.KeptSchedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes changes of schedules and their fires, once they are on disk. */
final class ScheduleEvents {

    private final EventPublisher events;
    private final InstantSource clock;

    ScheduleEvents(EventPublisher events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * A schedule was made or changed.
     *
     * @param former the schedule before; null when it is new
     */
    void changed(@Nullable KeptSchedule former, KeptSchedule present) {
        boolean paused = present.request().paused();
        Change change = former == null
                ? Change.ADDED
                : former.request().paused() == paused ? Change.CHANGED : paused ? Change.PAUSED : Change.RESUMED;
        publish(change, present, present.next(), null);
    }

    /** A schedule was removed. */
    void removed(KeptSchedule schedule) {
        publish(Change.REMOVED, schedule, null, null);
    }

    /** A due time was to get a job: it has got it, unless another job stood in the way. */
    void fired(KeptSchedule schedule, DueFire fire, Submitted submitted) {
        Next next = fire.isByHand() ? schedule.next() : fire.next();
        DueFire.Skipped skipped = fire.skipped();
        if (skipped != null) {
            Fire missed =
                    new Fire(skipped.lastDueAt(), fire.firedAt(), null, FireOutcome.SKIPPED_MISSED, skipped.detail());
            publish(Change.SKIPPED, schedule, next, missed);
        }
        Fire made = submitted.existing()
                ? new Fire(
                        fire.dueAt(),
                        fire.firedAt(),
                        null,
                        FireOutcome.SKIPPED_OVERLAP,
                        "Job " + submitted.job().id() + " stands in the way.")
                : new Fire(fire.dueAt(), fire.firedAt(), submitted.job().id(), FireOutcome.STARTED, fire.detail());
        publish(submitted.existing() ? Change.SKIPPED : Change.FIRED, schedule, next, made);
    }

    /** A due time has got a reason why it has no job. */
    void passed(KeptSchedule schedule, DueFire fire, FireOutcome outcome) {
        Fire passed = new Fire(fire.dueAt(), fire.firedAt(), null, outcome, fire.detail());
        publish(Change.SKIPPED, schedule, fire.next(), passed);
    }

    private void publish(Change change, KeptSchedule schedule, @Nullable Next next, @Nullable Fire fire) {
        events.publish(() -> new ScheduleEvent(
                clock.instant(),
                change,
                schedule.name(),
                modules(schedule),
                schedule.request().paused(),
                dueAt(next),
                fire));
    }

    private static @Nullable Instant dueAt(@Nullable Next next) {
        return next == null ? null : next.dueAt();
    }

    private static List<String> modules(KeptSchedule schedule) {
        return schedule.request().job().tasks().stream()
                .map(Task::module)
                .distinct()
                .toList();
    }
}

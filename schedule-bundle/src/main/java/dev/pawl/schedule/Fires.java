package dev.pawl.schedule;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires schedules that are due: each due time gets its job, or the reason why it has none, in one transaction of the store. What cannot be
 * written stays due, and comes again. Safe for many threads.
 */
final class Fires {

    private static final Logger LOG = LoggerFactory.getLogger(Fires.class);

    /** The pause before a fire is tried again that the store has not taken. */
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    /** The first status that is not the fault of the request. */
    private static final int LEAST_FAILURE = 500;

    private final ScheduleStore store;
    private final Scheduler scheduler;
    private final Timetables timetables;
    private final Queues queues;
    private final Alarm alarm;
    private final ScheduleEvents events;

    /** How late each fire was when it was noticed that is under way, or comes again. */
    private final Map<String, Noticed> noticed = new ConcurrentHashMap<>();

    private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    private record Noticed(long revision, Duration late) {}

    Fires(
            ScheduleStore store,
            Scheduler scheduler,
            Timetables timetables,
            Queues queues,
            Alarm alarm,
            ScheduleEvents events) {
        this.store = store;
        this.scheduler = scheduler;
        this.timetables = timetables;
        this.queues = queues;
        this.alarm = alarm;
        this.events = events;
    }

    /** Fires a schedule that is due, unless that is under way. */
    void fire(KeptSchedule schedule, Instant now) {
        Next due = schedule.next();
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (due == null || underWay.putIfAbsent(schedule.name(), end) != null) {
            return;
        }
        Noticed first = noticed.compute(
                schedule.name(),
                (name, before) -> before != null && before.revision() == schedule.revision()
                        ? before
                        : new Noticed(schedule.revision(), Duration.between(due.fireAt(), now)));
        FirePlan plan = plan(schedule, now, first.late());
        var unused = make(schedule, plan)
                .handle((made, failure) -> failure == null
                        ? CompletableFuture.<Void>completedStage(null)
                        : refused(schedule, plan.fire(), FutureFailure.cause(failure)))
                .thenCompose(recorded -> recorded)
                .whenComplete((made, failure) -> {
                    underWay.remove(schedule.name());
                    ended(plan.fire(), now, failure == null ? null : FutureFailure.cause(failure));
                    end.complete(null);
                });
    }

    /** Completes when all fires that are under way have ended. */
    CompletionStage<Void> settled() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new));
    }

    private FirePlan plan(KeptSchedule schedule, Instant now, Duration late) {
        try {
            return FirePlan.of(schedule, timetables, now, late);
        } catch (ProblemException e) {
            LOG.error(
                    "The schedule \"{}\" has ended, since its times cannot be computed: {}",
                    schedule.name(),
                    e.getMessage());
            return FirePlan.ended(schedule, now, String.valueOf(e.getMessage()));
        }
    }

    private CompletionStage<Void> make(KeptSchedule schedule, FirePlan plan) {
        FireOutcome without = plan.without();
        return without == null ? start(schedule, plan.fire()) : pass(schedule, plan.fire(), without);
    }

    private CompletionStage<Void> start(KeptSchedule schedule, DueFire fire) {
        JobRequest job = schedule.request().job();
        try {
            return change(schedule, fire)
                    .during(() -> scheduler.submit(Submission.of(job, fire)))
                    .thenAccept(submitted -> {
                        follow(fire, submitted);
                        events.fired(schedule, fire, submitted);
                    });
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** The change by which the audit and the job say who started it. */
    private static AuditedChange change(KeptSchedule schedule, DueFire fire) {
        String name = "schedule " + schedule.name();
        Role role = Role.valueOf(schedule.request().job().role().name());
        return new AuditedChange(
                new Actor(new Principal(name, name, role), Door.SCHEDULE, null, null), "job.start", "", fire.firedAt());
    }

    private void follow(DueFire fire, Submitted submitted) {
        if (DueFire.AFTER_EARLIER_JOBS.equals(submitted.job().state().dueAt())) {
            queues.add(fire.schedule());
        }
    }

    private CompletionStage<Void> pass(KeptSchedule schedule, DueFire fire, FireOutcome outcome) {
        return store.pass(fire, outcome).thenAccept(passed -> {
            if (!passed) {
                throw new ProblemException(ProblemCode.SCHEDULE_CHANGED, "The schedule was changed meanwhile.");
            }
            events.passed(schedule, fire, outcome);
        });
    }

    /** Records why there is no job; whatever another try may mend is left to that. */
    private CompletionStage<Void> refused(KeptSchedule schedule, DueFire fire, Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem.code() == ProblemCode.SCHEDULE_CHANGED
                            || problem.code().status() >= LEAST_FAILURE
                    ? CompletableFuture.failedStage(problem)
                    : pass(schedule, fire.withDetail(String.valueOf(problem.getMessage())), FireOutcome.FAILED);
        }
        LOG.error("The job of schedule \"{}\" could not be started.", fire.schedule(), failure);
        return pass(schedule, fire.withDetail("The server failed: " + failure), FireOutcome.FAILED);
    }

    private void ended(DueFire fire, Instant now, @Nullable Throwable failure) {
        boolean isChanged =
                failure instanceof ProblemException problem && problem.code() == ProblemCode.SCHEDULE_CHANGED;
        if (failure == null) {
            noticed.remove(fire.schedule());
            Next next = fire.next();
            if (next != null) {
                alarm.at(next.fireAt());
            }
        } else if (isChanged) { // by someone, or by another server
            noticed.remove(fire.schedule());
            alarm.now();
        } else {
            LOG.debug("The fire of schedule \"{}\" comes again.", fire.schedule(), failure);
            alarm.at(now.plus(STORE_RETRY));
        }
    }
}

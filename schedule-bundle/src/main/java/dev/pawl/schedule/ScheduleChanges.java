package dev.pawl.schedule;

import dev.pawl.schedule.time.Timetable;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules.Declared;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes schedules. A change that meets a fire, or another change, is made again on what that left. */
final class ScheduleChanges {

    /** The number of times that one change is made again; more than a schedule fires in the time of a change. */
    private static final int MOST_TIMES = 20;

    private final ScheduleStore store;
    private final Scheduler scheduler;
    private final Timetables timetables;
    private final InstantSource clock;
    private final Alarm alarm;
    private final ScheduleEvents events;

    ScheduleChanges(
            ScheduleStore store,
            Scheduler scheduler,
            Timetables timetables,
            InstantSource clock,
            Alarm alarm,
            ScheduleEvents events) {
        this.store = store;
        this.scheduler = scheduler;
        this.timetables = timetables;
        this.clock = clock;
        this.alarm = alarm;
        this.events = events;
    }

    /**
     * Makes a schedule, or replaces the one of its name, as someone asks.
     *
     * @param check refuses to replace one that was changed at another time
     */
    CompletionStage<KeptSchedule> put(ScheduleRequest request, Consumer<Optional<Instant>> check) {
        return change(request.name(), former -> {
            check.accept(former.map(KeptSchedule::changedAt));
            ScheduleOrigin origin = former.map(KeptSchedule::origin).orElse(null);
            return replaced(request, origin == null ? null : origin.changed(), former);
        });
    }

    /** Makes a schedule as it is declared, or replaces the one of its name if that comes from the same declaration. */
    CompletionStage<KeptSchedule> declare(Declared declared, ScheduleOrigin origin) {
        return change(declared.request().name(), former -> {
            if (former.isPresent() && !isOf(former.get(), origin)) {
                return former.get();
            }
            return replaced(declared(declared, former.orElse(null)), origin, former);
        });
    }

    /**
     * Makes a schedule that a module offers, off, or changes the one that it offered before, unless someone has changed that. The runtime does
     * it by itself, whatever change is under way on this thread.
     */
    CompletionStage<KeptSchedule> offer(ScheduleRequest request, ScheduleOrigin module) {
        return change(
                request.name(),
                store.find(request.name()),
                former -> offered(request, module, former),
                null,
                MOST_TIMES);
    }

    private KeptSchedule offered(ScheduleRequest request, ScheduleOrigin module, Optional<KeptSchedule> former) {
        KeptSchedule present = former.orElse(null);
        if (present == null) {
            return replaced(request.withPaused(true), module, former);
        }
        ScheduleRequest before = present.request();
        ScheduleRequest wanted = request.withPaused(before.paused());
        boolean isAsOffered = isAsOffered(present, module);
        return !isAsOffered
                        || Differences.between(before, wanted, scheduler.asksTheSame(wanted.job(), before.job()))
                                .isEmpty()
                ? present
                : replaced(wanted, module, former);
    }

    /** Removes a schedule that a module offered, if it is off and as it was offered. */
    CompletionStage<Boolean> withdraw(String name, ScheduleOrigin module) {
        return store.find(name)
                .filter(present -> present.request().paused() && isAsOffered(present, module))
                .map(present -> store.delete(name, null).thenApply(found -> {
                    if (found) {
                        events.removed(present);
                    }
                    return found;
                }))
                .orElse(CompletableFuture.completedStage(false));
    }

    private static boolean isAsOffered(KeptSchedule schedule, ScheduleOrigin module) {
        return module.equals(schedule.origin());
    }

    /** The schedule to be made of a declared one in place of another. */
    static ScheduleRequest declared(Declared declared, @Nullable KeptSchedule former) {
        return former == null || declared.saysWhetherPaused()
                ? declared.request()
                : declared.request().withPaused(former.request().paused());
    }

    /** Whether a schedule comes from a declaration. */
    static boolean isOf(KeptSchedule schedule, ScheduleOrigin declaration) {
        ScheduleOrigin origin = schedule.origin();
        return origin != null && origin.isOf(declaration.kind(), declaration.name());
    }

    private KeptSchedule replaced(
            ScheduleRequest request, @Nullable ScheduleOrigin origin, Optional<KeptSchedule> former) {
        JobRequest formerJob = former.map(found -> found.request().job()).orElse(null);
        return changed(request.withJob(scheduler.kept(request.job(), formerJob)), origin, former.orElse(null));
    }

    /** Pauses a schedule, or ends its pause; it must be there. */
    CompletionStage<KeptSchedule> pause(String name, boolean paused) {
        return change(name, former -> {
            KeptSchedule present = former.orElseThrow(() -> unknown(name));
            return present.request().paused() == paused
                    ? present
                    : changed(present.request().withPaused(paused), present.origin(), present);
        });
    }

    CompletionStage<Void> remove(String name) {
        Optional<KeptSchedule> present = store.find(name);
        return Confirmation.within(
                        store.delete(name, AuditedChange.current()), "The removal of schedule \"" + name + "\"")
                .thenAccept(found -> {
                    if (!found) {
                        throw unknown(name);
                    }
                    present.ifPresent(events::removed);
                });
    }

    private CompletionStage<KeptSchedule> change(String name, Function<Optional<KeptSchedule>, KeptSchedule> change) {
        return change(name, store.find(name), change, AuditedChange.current(), MOST_TIMES);
    }

    private CompletionStage<KeptSchedule> change(
            String name,
            Optional<KeptSchedule> former,
            Function<Optional<KeptSchedule>, KeptSchedule> change,
            @Nullable AuditedChange audited,
            int left) {
        KeptSchedule wanted = change.apply(former);
        if (former.isPresent() && wanted.equals(former.get())) { // a pause of what is paused, or another's schedule
            return CompletableFuture.completedStage(wanted);
        }
        return Confirmation.within(store.put(wanted, audited), "The change of schedule \"" + name + "\"")
                .thenCompose(put -> {
                    KeptSchedule present = put.present();
                    if (put.isDone() && present != null) {
                        Next next = present.next();
                        if (next != null) {
                            alarm.at(next.fireAt());
                        }
                        events.changed(former.orElse(null), present);
                        return CompletableFuture.completedStage(present);
                    }
                    if (left == 0) {
                        throw new ProblemException(
                                ProblemCode.SCHEDULE_CHANGED,
                                "The schedule \"" + name + "\" was changed again and again at the same time.");
                    }
                    return change(name, Optional.ofNullable(present), change, audited, left - 1);
                });
    }

    private KeptSchedule changed(
            ScheduleRequest request, @Nullable ScheduleOrigin origin, @Nullable KeptSchedule former) {
        Instant now = clock.instant();
        if (former == null) {
            Timetable timetable = timetables.of(request.timing(), now);
            Next next = request.paused() ? null : timetables.next(request, timetable, now);
            return KeptSchedule.first(request, origin, now, next);
        }
        return changed(request, origin, former, now);
    }

    /**
     * A schedule in place of another. Its next due time stays, unless its timing is another or a pause ends: then it is the first one after
     * now, and also after those that have their job or their reason already, in case the clock was set back.
     */
    private KeptSchedule changed(
            ScheduleRequest request, @Nullable ScheduleOrigin origin, KeptSchedule former, Instant now) {
        boolean isRetimed = !former.request().timing().equals(request.timing());
        Instant timedAt = isRetimed ? now : former.timedAt();
        Timetable timetable = timetables.of(request.timing(), timedAt);
        Instant settledAt = former.settledAt();
        Next next = former.next();
        if (request.paused()) {
            next = null;
        } else if (isRetimed || former.request().paused()) {
            settledAt = settledAt.isBefore(now) ? now : settledAt;
            next = timetables.next(request, timetable, settledAt);
        }
        return new KeptSchedule(request, origin, former.revision(), now, timedAt, settledAt, next, former.last());
    }

    private static ProblemException unknown(String name) {
        return new ProblemException(ProblemCode.UNKNOWN_SCHEDULE, "There is no schedule \"" + name + "\".");
    }
}

package dev.pawl.schedule;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.schedule.time.Timetable;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules;
import dev.pawl.service.schedule.DeclaredSchedules.Declared;
import dev.pawl.service.schedule.ScheduleChange;
import dev.pawl.service.schedule.ScheduleChange.Difference;
import dev.pawl.service.schedule.ScheduleChange.Kind;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets of schedules that files declare: compares them with the schedules that there are, and makes these what the files say. */
final class ScheduleSets {

    /** The number of changes that are under way at once. */
    private static final int AT_ONCE = 100;

    private final ScheduleStore store;
    private final Scheduler scheduler;
    private final Timetables timetables;
    private final ScheduleChanges changes;
    private final InstantSource clock;

    ScheduleSets(
            ScheduleStore store,
            Scheduler scheduler,
            Timetables timetables,
            ScheduleChanges changes,
            InstantSource clock) {
        this.store = store;
        this.scheduler = scheduler;
        this.timetables = timetables;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * One step of an apply.
     *
     * @param change the change as it is reported
     * @param make makes it; null when there is nothing to do
     */
    private record Step(ScheduleChange change, @Nullable Supplier<CompletionStage<?>> make) {}

    CompletionStage<List<ScheduleChange>> apply(DeclaredSchedules declared, boolean dryRun) {
        ScheduleOrigin set = ScheduleOrigin.of(ScheduleOrigin.Kind.FILE, declared.set());
        List<Step> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Instant now = clock.instant();
        for (Declared schedule : declared.schedules()) {
            names.add(schedule.request().name());
            steps.add(step(schedule, set, now));
        }
        for (String name : store.ofOrigin(set.kind(), set.name())) {
            if (!names.contains(name)) {
                store.find(name).ifPresent(old -> steps.add(removal(old)));
            }
        }
        steps.sort(Comparator.comparing(step -> step.change().name()));
        List<ScheduleChange> report = steps.stream().map(Step::change).toList();
        return dryRun
                ? CompletableFuture.completedStage(report)
                : make(steps, 0, AuditedChange.current()).thenApply(made -> report);
    }

    /** Compares one schedule, and refuses one that could not be kept before anything is changed. */
    private Step step(Declared declared, ScheduleOrigin set, Instant now) {
        String name = declared.request().name();
        KeptSchedule present = store.find(name).orElse(null);
        if (present != null && !ScheduleChanges.isOf(present, set)) {
            return new Step(new ScheduleChange(name, Kind.LEFT, List.of(), timetables.sentence(present)), null);
        }
        ScheduleRequest request = ScheduleChanges.declared(declared, present);
        try {
            Timetable timetable = timetables.of(request.timing(), present == null ? now : present.timedAt());
            if (present == null) {
                scheduler.kept(request.job(), null);
                return change(declared, set, Kind.MADE, List.of(), timetable);
            }
            boolean isSameJob =
                    scheduler.asksTheSame(request.job(), present.request().job());
            List<Difference> differences = Differences.between(present.request(), request, isSameJob);
            if (differences.isEmpty()) {
                return new Step(new ScheduleChange(name, Kind.UNCHANGED, differences, timetable.sentence()), null);
            }
            scheduler.kept(request.job(), present.request().job());
            return change(declared, set, Kind.CHANGED, differences, timetable);
        } catch (ProblemException e) {
            throw new ProblemException(e.code(), "Schedule \"" + name + "\": " + e.getMessage(), e);
        }
    }

    private Step change(
            Declared declared, ScheduleOrigin set, Kind kind, List<Difference> differences, Timetable timetable) {
        String name = declared.request().name();
        return new Step(
                new ScheduleChange(name, kind, differences, timetable.sentence()),
                () -> changes.declare(declared, set));
    }

    private Step removal(KeptSchedule old) {
        return new Step(
                new ScheduleChange(old.name(), Kind.REMOVED, List.of(), timetables.sentence(old)),
                () -> changes.remove(old.name()).exceptionally(ScheduleSets::unlessGone));
    }

    private static @Nullable Void unlessGone(Throwable failure) {
        Throwable cause = FutureFailure.cause(failure);
        if (cause instanceof ProblemException problem && problem.code() == ProblemCode.UNKNOWN_SCHEDULE) {
            return null; // someone else removed it at this moment
        }
        throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    private static CompletionStage<?> make(List<Step> steps, int from, @Nullable AuditedChange audited) {
        if (from >= steps.size()) {
            return CompletableFuture.completedStage(null);
        }
        int to = Math.min(steps.size(), from + AT_ONCE);
        CompletableFuture<?>[] made = steps.subList(from, to).stream()
                .map(step -> make(step, audited).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(made).thenCompose(all -> make(steps, to, audited));
    }

    /** Makes one change, with an entry of its own in the audit. */
    private static CompletionStage<?> make(Step step, @Nullable AuditedChange audited) {
        Supplier<CompletionStage<?>> make = step.make();
        if (make == null) {
            return CompletableFuture.completedStage(null);
        }
        String action = step.change().kind() == Kind.REMOVED ? "schedule.remove" : "schedule.put";
        return audited == null
                ? make.get()
                : audited.also(action, step.change().name()).during(make::get);
    }
}

package dev.pawl.schedule;

import dev.pawl.schedule.time.Timetable;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.Preview;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.schedule.UpcomingFire;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Shows schedules without the secrets of their jobs, their history and their times to come. */
final class ScheduleViews {

    private static final int PAGE = 500;

    private static final Comparator<UpcomingFire> BY_TIME =
            Comparator.comparing(UpcomingFire::dueAt).thenComparing(UpcomingFire::schedule);

    private final ScheduleStore store;
    private final Scheduler scheduler;
    private final Timetables timetables;

    ScheduleViews(ScheduleStore store, Scheduler scheduler, Timetables timetables) {
        this.store = store;
        this.scheduler = scheduler;
        this.timetables = timetables;
    }

    /**
     * A schedule as it is kept.
     *
     * @throws ProblemException when there is none of that name
     */
    KeptSchedule kept(String name) {
        return store.find(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_SCHEDULE, "There is no schedule \"" + abbreviated(name) + "\"."));
    }

    List<ScheduleEntry> list(@Nullable String after, int limit) {
        return store.list(after == null ? "" : after, limit).stream()
                .map(this::entry)
                .toList();
    }

    ScheduleEntry entry(KeptSchedule schedule) {
        ScheduleRequest request = schedule.request();
        Next next = schedule.next();
        KeptSchedule.Last last = schedule.last();
        return new ScheduleEntry(
                request.withJob(scheduler.masked(request.job())),
                schedule.origin(),
                timetables.sentence(schedule),
                next == null ? null : next.dueAt(),
                last == null ? null : last.at(),
                last == null ? null : last.job(),
                last == null ? null : last.status(),
                schedule.changedAt());
    }

    List<Fire> history(String name, @Nullable Instant before, int limit) {
        kept(name);
        return store.fires(name, before, limit);
    }

    Preview preview(Timing timing, int count, Instant now) {
        Timetable timetable = timetables.of(timing, now);
        List<Instant> next = new ArrayList<>();
        Optional<Instant> due = timetable.next(now);
        while (due.isPresent() && next.size() < count) {
            next.add(due.get());
            due = timetable.next(due.get());
        }
        return new Preview(timetable.sentence(), next);
    }

    /** The first due times in a span of all schedules, each of which is asked for no more of them than can be among these. */
    List<UpcomingFire> upcoming(Instant from, Instant to, int limit) {
        PriorityQueue<UpcomingFire> first = new PriorityQueue<>(BY_TIME.reversed());
        Instant lastFire = to.plus(Timing.MOST_JITTER);
        List<KeptSchedule> page = store.due(lastFire, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(schedule -> add(schedule, from, to, limit, first));
            page = store.due(lastFire, page.get(page.size() - 1), PAGE);
        }
        return first.stream().sorted(BY_TIME).toList();
    }

    private void add(KeptSchedule schedule, Instant from, Instant to, int limit, PriorityQueue<UpcomingFire> first) {
        Next next = schedule.next();
        if (next == null) {
            return;
        }
        Timetable timetable;
        try {
            timetable = timetables.of(schedule);
        } catch (ProblemException e) { // it has no times any more
            return;
        }
        Optional<Instant> due =
                next.dueAt().isBefore(from) ? timetable.next(from.minusNanos(1)) : Optional.of(next.dueAt());
        while (due.isPresent() && due.get().isBefore(to)) {
            UpcomingFire fire = new UpcomingFire(schedule.name(), due.get());
            if (first.size() == limit) {
                if (BY_TIME.compare(fire, first.element()) >= 0) {
                    return;
                }
                first.remove();
            }
            first.add(fire);
            due = timetable.next(due.get());
        }
    }

    private static String abbreviated(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}

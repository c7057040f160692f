package dev.pawl.schedule;

import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.service.store.ScheduleStore.ScheduledJob;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs of schedules that wait for earlier ones: as soon as the first of a schedule has ended, the next one may start. Which jobs wait is in
 * the store alone; a process that begins looks there, and again and again where several share the store.
 */
final class Queues {

    private final ScheduleStore store;
    private final Scheduler scheduler;
    private final Alarm alarm;
    private final Set<String> moved = ConcurrentHashMap.newKeySet();
    private final Map<String, Followed> followed = new HashMap<>(); // used by the timer alone

    private record Followed(UUID job, Subscription subscription) {}

    Queues(ScheduleStore store, Scheduler scheduler, Alarm alarm) {
        this.store = store;
        this.scheduler = scheduler;
        this.alarm = alarm;
    }

    /** Takes up what an earlier process left, or another one. Called by the timer. */
    void takeUp() {
        moved.addAll(store.waiting());
    }

    /** Has the timer look at a schedule, one of whose jobs waits for earlier ones, or has ended. Safe for many threads. */
    void add(String schedule) {
        moved.add(schedule);
        alarm.now();
    }

    /** Lets those start whose turn it is. Called by the timer. */
    void look() {
        for (String schedule : Set.copyOf(moved)) {
            moved.remove(schedule); // before the look: what ends from here on brings another
            try {
                look(schedule);
            } catch (RuntimeException e) {
                moved.add(schedule);
                throw e;
            }
        }
    }

    private void look(String schedule) {
        Optional<ScheduledJob> first = Confirmation.await(store.release(schedule), "The start of a job that waited");
        Followed before = followed.get(schedule);
        boolean isFollowed = first.isPresent() && first.get().others() > 0;
        if (before != null && (!isFollowed || !before.job().equals(first.get().job()))) {
            followed.remove(schedule);
            before.subscription().close();
        }
        if (isFollowed && !followed.containsKey(schedule)) {
            follow(schedule, first.get().job());
        }
    }

    private void follow(String schedule, UUID job) {
        try {
            followed.put(
                    schedule,
                    new Followed(job, scheduler.subscribe(job.toString(), Long.MAX_VALUE, new End(schedule))));
        } catch (ProblemException e) {
            if (e.code() != ProblemCode.UNKNOWN_JOB) {
                throw e;
            }
            add(schedule); // it was removed at this moment
        }
    }

    /** Waits for the end of a job, and for nothing else in its log. */
    private final class End implements LogSubscriber {
        private final String schedule;

        End(String schedule) {
            this.schedule = schedule;
        }

        @Override
        public void next(LogEntry entry) {}

        @Override
        public void ended() {
            add(schedule);
        }
    }
}

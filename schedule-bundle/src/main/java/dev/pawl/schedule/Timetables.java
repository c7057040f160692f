package dev.pawl.schedule;

import dev.pawl.schedule.time.Timetable;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.KeptSchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The timetables of schedules. Those that were used last are remembered, since many schedules share a few. Safe for many threads. */
final class Timetables {

    private static final int MOST_REMEMBERED = 500;

    private final Supplier<ZoneId> ofServer;
    private final Map<Key, Timetable> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Timetable> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** @param timedAt what an interval without a beginning counts from; null when the times do not depend on it */
    private record Key(
            Timing timing, ZoneId ofServer, @Nullable Instant timedAt) {}

    /** @param ofServer the zone of schedules that name none */
    Timetables(Supplier<ZoneId> ofServer) {
        this.ofServer = ofServer;
    }

    /**
     * The timetable of a timing.
     *
     * @param timedAt the time from which an interval without a beginning counts
     * @throws dev.pawl.service.problem.ProblemException when it has none
     */
    Timetable of(Timing timing, Instant timedAt) {
        boolean counts = timing.every() != null && timing.startAt() == null;
        Key key = new Key(timing, ofServer.get(), counts ? timedAt : null);
        synchronized (remembered) {
            Timetable known = remembered.get(key);
            if (known == null) {
                known = Timetable.of(timing, key.ofServer(), timedAt);
                remembered.put(key, known);
            }
            return known;
        }
    }

    Timetable of(KeptSchedule schedule) {
        return of(schedule.request().timing(), schedule.timedAt());
    }

    /** The rule of a schedule as a sentence, or why it is none any more: one such schedule must not hide the others. */
    String sentence(KeptSchedule schedule) {
        try {
            return of(schedule).sentence();
        } catch (ProblemException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The first due time of a schedule after a moment, with the time of its fire; null when there is none. */
    @Nullable
    Next next(ScheduleRequest request, Timetable timetable, Instant after) {
        Optional<Instant> due = timetable.next(after);
        return due.isEmpty() ? null : new Next(due.get(), fireAt(request, timetable, due.get()));
    }

    /**
     * The time of the fire: always the same for a schedule and a due time, so that a restart computes what was computed before, and before the
     * next due time, so that fires keep the order of their due times.
     */
    private static Instant fireAt(ScheduleRequest request, Timetable timetable, Instant dueAt) {
        Duration jitter = request.timing().jitter();
        if (jitter == null || jitter.isZero()) {
            return dueAt;
        }
        Duration room = timetable
                .next(dueAt)
                .map(following -> Duration.between(dueAt, following))
                .filter(gap -> gap.compareTo(jitter) < 0)
                .orElse(jitter);
        byte[] seed = (request.name() + '@' + dueAt.toEpochMilli()).getBytes(StandardCharsets.UTF_8);
        long chance = UUID.nameUUIDFromBytes(seed).getLeastSignificantBits() >>> 1;
        return dueAt.plus(chance % Math.max(1, room.toMillis()), ChronoUnit.MILLIS);
    }
}

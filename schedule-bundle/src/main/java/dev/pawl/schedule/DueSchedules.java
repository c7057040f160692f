package dev.pawl.schedule;

import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One look at the schedules: fires those that are due. Used by one thread. */
final class DueSchedules {

    private static final int PAGE = 500;

    private final ScheduleStore store;
    private final Retiming retiming;
    private final Fires fires;
    private final Queues queues;
    private boolean begun;
    private Instant tookUp = Instant.EPOCH;

    DueSchedules(ScheduleStore store, Retiming retiming, Fires fires, Queues queues) {
        this.store = store;
        this.retiming = retiming;
        this.fires = fires;
        this.queues = queues;
    }

    /**
     * Fires what is due.
     *
     * @return the time of the next fire of those that are not due yet, or of the next look at what other servers left
     */
    Optional<Instant> look(Instant now) {
        if (!begun) {
            retiming.begin();
        }
        Optional<Duration> again = store.lookAgain();
        if (!begun || again.filter(time -> hasPassed(time, now)).isPresent()) {
            queues.takeUp();
            tookUp = now;
            begun = true;
        }
        queues.look();
        List<KeptSchedule> page = store.due(now, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(schedule -> fires.fire(schedule, now));
            page = store.due(now, page.get(page.size() - 1), PAGE);
        }
        Optional<Instant> next = store.nextFire(now);
        Optional<Instant> latest = again.map(now::plus);
        return Stream.concat(next.stream(), latest.stream()).min(Comparator.naturalOrder());
    }

    private boolean hasPassed(Duration time, Instant now) {
        return Duration.between(tookUp, now).abs().compareTo(time) >= 0; // also when the clock was set back
    }
}

package dev.pawl.schedule;

import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One look at the schedules: fires those that are due. Used by one thread. */
final class DueSchedules {

    private static final int PAGE = 500;

    private final ScheduleStore store;
    private final Retiming retiming;
    private final Fires fires;
    private final Queues queues;
    private boolean begun;

    DueSchedules(ScheduleStore store, Retiming retiming, Fires fires, Queues queues) {
        this.store = store;
        this.retiming = retiming;
        this.fires = fires;
        this.queues = queues;
    }

    /**
     * Fires what is due.
     *
     * @return the time of the next fire of those that are not due yet
     */
    Optional<Instant> look(Instant now) {
        if (!begun) {
            retiming.begin();
            queues.begin();
            begun = true;
        }
        queues.look();
        List<KeptSchedule> page = store.due(now, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(schedule -> fires.fire(schedule, now));
            page = store.due(now, page.get(page.size() - 1), PAGE);
        }
        return store.nextFire(now);
    }
}

package dev.pawl.schedule;

import dev.pawl.schedule.time.TimeZones;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the next due times anew when the rules of local time have changed since: the zone of the server, or the database of zones that this
 * Java has. Due times that have their job or their reason stay as they are. A process that dies meanwhile leaves the rest to the next.
 */
final class Retiming {

    private static final int PAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Retiming.class);

    private final ScheduleStore store;
    private final Timetables timetables;
    private final Supplier<ZoneId> zone;

    /** @param zone the zone of schedules that name none */
    Retiming(ScheduleStore store, Timetables timetables, Supplier<ZoneId> zone) {
        this.store = store;
        this.timetables = timetables;
        this.zone = zone;
    }

    /** Looks whether the rules are others than those of the times that are kept. Called before anything fires. */
    void begin() {
        List<KeptSchedule> page = store.list("", 1);
        String rules = zone.get().getId() + ", IANA " + TimeZones.version();
        if (page.isEmpty() || store.zoneRules().equals(Optional.of(rules))) {
            return;
        }
        while (!page.isEmpty()) {
            page.forEach(this::retime);
            page = store.list(page.get(page.size() - 1).name(), PAGE);
        }
        Confirmation.await(store.keepZoneRules(rules), "The rules of local time");
    }

    private void retime(KeptSchedule schedule) {
        ScheduleRequest request = schedule.request();
        Next before = schedule.next();
        if (request.paused()) {
            return;
        }
        Next next;
        try {
            next = timetables.next(request, timetables.of(schedule), schedule.settledAt());
        } catch (ProblemException e) { // its zone is gone: it ends with a reason when it is due
            return;
        }
        if (Objects.equals(before, next)) {
            return;
        }
        if (Confirmation.await(store.put(schedule.withNext(next), null), "The next due time of a schedule")
                .isDone()) {
            LOG.info(
                    "The schedule \"{}\" is next due {} instead of {}, since the rules of local time have changed.",
                    schedule.name(),
                    text(next),
                    text(before));
        }
    }

    private static String text(@Nullable Next next) {
        return next == null ? "never" : "at " + next.dueAt();
    }
}

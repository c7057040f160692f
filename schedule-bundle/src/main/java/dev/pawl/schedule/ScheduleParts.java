package dev.pawl.schedule;

import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.store.ScheduleStore;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;

/** Assembly of schedules, without a framework. Has no behaviour of its own. */
final class ScheduleParts {

    final Fires fires;
    final DueSchedules due;
    final ScheduleChanges changes;
    final ScheduleSets sets;
    final ModuleSchedules ofModules;
    final ScheduleViews views;
    final ScheduleEvents events;

    /**
     * Assembles them.
     *
     * @param alarm wakes who looks at what is due
     * @param published takes the events of schedules
     */
    ScheduleParts(
            ScheduleStore store,
            Scheduler scheduler,
            InstantSource clock,
            Supplier<ZoneId> zone,
            Alarm alarm,
            EventPublisher published) {
        events = new ScheduleEvents(published, clock);
        Timetables timetables = new Timetables(zone);
        Queues queues = new Queues(store, scheduler, alarm);
        fires = new Fires(store, scheduler, timetables, queues, alarm, events);
        due = new DueSchedules(store, new Retiming(store, timetables, zone), fires, queues);
        changes = new ScheduleChanges(store, scheduler, timetables, clock, alarm, events);
        ofModules = new ModuleSchedules(store, changes);
        sets = new ScheduleSets(store, scheduler, timetables, changes, clock);
        views = new ScheduleViews(store, scheduler, timetables);
    }
}

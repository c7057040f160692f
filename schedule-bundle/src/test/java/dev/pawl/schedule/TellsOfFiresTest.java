package dev.pawl.schedule;

import static dev.pawl.schedule.RunningSchedules.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.ScheduleEvent;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The events that tell those who follow of the due times of schedules. */
final class TellsOfFiresTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningSchedules schedules = new RunningSchedules(() -> dir);

    private final List<ScheduleEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void follow() {
        schedules.published.bind(new EventSink() {
            @Override
            public void add(Event event) {
                events.add((ScheduleEvent) event);
            }

            @Override
            public void lost(String why) {
                throw new AssertionError(why);
            }
        });
    }

    /** The changes, with the outcomes of fires. */
    private List<String> told() {
        return events.stream()
                .map(event -> {
                    Fire fire = event.fire();
                    return event.change().wireName()
                            + (fire == null ? "" : " " + fire.outcome().wireName());
                })
                .toList();
    }

    @Test
    void aFireTellsItsJobAndTheNextTime() {
        schedules.put("hourly", Timing.cron("0 * * * *"));
        schedules.lookAfter(Duration.ofHours(1));
        assertEquals(List.of("added", "fired started"), told());
        ScheduleEvent event = events.get(1);
        assertEquals("hourly", event.name());
        assertEquals(List.of("m"), event.modules());
        assertEquals(Instant.parse("2026-06-01T14:00:00Z"), event.nextAt());
        Fire fire = Objects.requireNonNull(event.fire());
        assertEquals(Instant.parse("2026-06-01T13:00:00Z"), fire.dueAt());
        assertNotNull(schedules.jobs.find(Objects.requireNonNull(fire.job())).orElse(null));
    }

    @Test
    void aDueTimeWithoutAJobTellsWhy() {
        schedules.put("hourly", Timing.cron("0 * * * *"), Overlap.SKIP, Missed.SKIP);
        schedules.lookAfter(Duration.ofHours(1));
        schedules.lookAfter(Duration.ofHours(1));
        schedules.lookAfter(Duration.ofMinutes(90));
        assertEquals(List.of("added", "fired started", "skipped skipped_overlap", "skipped skipped_missed"), told());
    }

    @Test
    void whatIsNotWrittenIsNotTold() {
        schedules.put("hourly", Timing.cron("0 * * * *"));
        schedules.jobs.close();
        schedules.clock.advance(Duration.ofHours(1));
        schedules.restart();
        assertEquals(List.of("added"), told());
        schedules.look();
        assertEquals(List.of("added", "fired started"), told());
    }

    @Test
    void changesOfAScheduleAreTold() {
        schedules.put("hourly", Timing.cron("0 * * * *"));
        schedules.put("hourly", Timing.cron("30 * * * *"));
        await(schedules.parts.changes.pause("hourly", true));
        await(schedules.parts.changes.pause("hourly", true));
        await(schedules.parts.changes.pause("hourly", false));
        await(schedules.parts.changes.remove("hourly"));
        assertEquals(List.of("added", "changed", "paused", "resumed", "removed"), told());
        assertEquals(Instant.parse("2026-06-01T12:30:00Z"), events.get(3).nextAt());
    }
}

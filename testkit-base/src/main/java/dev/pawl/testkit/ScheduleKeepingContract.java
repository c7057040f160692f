package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keeping, reading, changing and deleting schedules. */
interface ScheduleKeepingContract extends ScheduleStoreTests {

    @Test
    default void aScheduleIsFoundAsItWasPutAlsoAfterAReopening() {
        Timing timing = new Timing("0 3 * * *", null, "Europe/Berlin", NOW, NOW.plus(HOUR), Duration.ofMinutes(5));
        JobRequest job = JobRequest.builder(List.of(new Task("mail", Map.of("to", "ann"))))
                .title("Nightly")
                .priority(3)
                .retry(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofMinutes(1)))
                .build();
        ScheduleRequest request = new ScheduleRequest("a", timing, job, Overlap.QUEUE, Missed.ALL, true);
        ScheduleOrigin origin = new ScheduleOrigin(ScheduleOrigin.Kind.MODULE, "mail", true);
        assertTrue(await(schedules().put(KeptSchedule.first(request, origin, NOW, null), null))
                .isDone());
        reopen();
        assertEquals(
                new KeptSchedule(request, origin, 1, NOW, NOW, NOW, null, null),
                schedules().find("a").orElseThrow());
        assertEquals(Optional.empty(), schedules().find("A"));
    }

    @Test
    default void aChangeOfAnotherRevisionChangesNothing() {
        KeptSchedule first = put("a", NOW.plus(HOUR));
        assertEquals(
                new ScheduleStore.Put(false, first),
                await(schedules().put(KeptSchedule.first(first.request(), null, NOW, null), null)));
        KeptSchedule paused = new KeptSchedule(
                first.request().withPaused(true),
                null,
                first.revision(),
                NOW.plus(HOUR),
                NOW,
                NOW.plus(HOUR),
                null,
                null);
        assertTrue(await(schedules().put(paused, null)).isDone());
        assertFalse(await(schedules().put(paused, null)).isDone());
        KeptSchedule now = schedules().find("a").orElseThrow();
        assertTrue(now.request().paused());
        assertEquals(2, now.revision());
        assertEquals(Optional.empty(), schedules().nextFire(Instant.MIN));
    }

    @Test
    default void theListIsInTheOrderOfNamesAfterAName() {
        List.of("b", "a", "c", "B").forEach(name -> put(name, NOW));
        assertEquals(List.of("B", "a", "b"), names(schedules().list("", 3)));
        assertEquals(List.of("c"), names(schedules().list("b", 3)));
    }

    @Test
    default void whatIsDueIsReadInTheOrderOfTheFiresFromPageToPage() {
        put("later", NOW.plusSeconds(2));
        put("b", NOW.plusSeconds(1));
        put("a", NOW.plusSeconds(1));
        put("first", NOW);
        Instant upTo = NOW.plusSeconds(1).plus(JITTER);
        List<KeptSchedule> page = schedules().due(upTo, null, 2);
        assertEquals(List.of("first", "a"), names(page));
        assertEquals(List.of("b"), names(schedules().due(upTo, page.get(1), 2)));
        assertEquals(Optional.of(NOW.plusSeconds(2).plus(JITTER)), schedules().nextFire(upTo));
    }

    @Test
    default void schedulesAreFoundByTheDeclarationThatTheyComeFrom() {
        put("b", ScheduleOrigin.of(ScheduleOrigin.Kind.FILE, "x"));
        put("a", new ScheduleOrigin(ScheduleOrigin.Kind.FILE, "x", true));
        put("c", ScheduleOrigin.of(ScheduleOrigin.Kind.MODULE, "x"));
        put("d", ScheduleOrigin.of(ScheduleOrigin.Kind.FILE, "y"));
        put("e", NOW);
        assertEquals(List.of("a", "b"), schedules().ofOrigin(ScheduleOrigin.Kind.FILE, "x"));
        assertEquals(List.of("c"), schedules().ofOrigin(ScheduleOrigin.Kind.MODULE, "x"));
    }

    private void put(String name, ScheduleOrigin origin) {
        await(schedules().put(KeptSchedule.first(ScheduleStoreTests.named(name), origin, NOW, null), null));
    }

    @Test
    default void theRulesOfLocalTimeAreTheOnesThatWereKeptLast() {
        assertEquals(Optional.empty(), schedules().zoneRules());
        await(schedules().keepZoneRules("UTC, IANA 2025a"));
        await(schedules().keepZoneRules("UTC, IANA 2025b"));
        reopen();
        assertEquals(Optional.of("UTC, IANA 2025b"), schedules().zoneRules());
    }

    @Test
    default void eachChangeBringsItsEntryAndWhatChangesNothingBringsNone() {
        KeptSchedule schedule = KeptSchedule.first(ScheduleStoreTests.named("a"), null, NOW, null);
        assertEquals(List.of(), audit().after(0, 10));
        await(schedules().put(schedule, change("schedule.put")));
        await(schedules().put(schedule, change("schedule.put")));
        await(schedules().delete("a", change("schedule.remove")));
        await(schedules().delete("a", change("schedule.remove")));
        reopen();
        assertEquals(
                List.of("schedule.put", "schedule.remove"),
                audit().after(0, 10).stream()
                        .map(record -> record.entry().action())
                        .toList());
    }

    private static List<String> names(List<KeptSchedule> schedules) {
        return schedules.stream().map(KeptSchedule::name).toList();
    }

    private static AuditedChange change(String action) {
        return new AuditedChange(Actor.inside(Door.SHELL), action, "a", NOW);
    }
}

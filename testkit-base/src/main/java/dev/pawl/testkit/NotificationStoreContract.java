package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.NotificationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every store of notifications, as tests. The tests of a store have one subclass, which opens it. */
public abstract class NotificationStoreContract extends NotificationMessageTests {

    @Test
    void aRuleIsFoundAsItWasPutAlsoAfterAReopening() {
        assertFalse(notifications().hasRules());
        NotificationRule rule = new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED, NotificationEvent.MISSED),
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                Set.of("backup", "mail"),
                "nightly *",
                new NotificationTarget(NotificationFormat.JSON, "sealed url", "sealed secret", List.of()),
                Duration.ofSeconds(3),
                Duration.ofHours(1),
                true);
        KeptNotificationRule kept = new KeptNotificationRule(rule, HOST, 0, clock.instant(), null);
        assertTrue(await(notifications().put(kept, null)).isDone());
        reopen();
        assertEquals(
                new KeptNotificationRule(rule, HOST, 1, clock.instant(), null),
                notifications().find("ops").orElseThrow());
        assertEquals(Optional.empty(), notifications().find("Ops"));
        assertTrue(notifications().hasRules());
    }

    @Test
    void aChangeOfAnotherRevisionChangesNothing() {
        KeptNotificationRule first = put("a", BOTH);
        NotificationRule other = rule("a", FAILED);
        assertFalse(await(notifications().put(new KeptNotificationRule(other, HOST, 0, clock.instant(), null), null))
                .isDone());
        assertTrue(await(notifications()
                        .put(new KeptNotificationRule(other, HOST, first.revision(), clock.instant(), null), null))
                .isDone());
        assertFalse(await(notifications()
                        .put(new KeptNotificationRule(other, HOST, first.revision(), clock.instant(), null), null))
                .isDone());
        assertEquals(FAILED, notifications().find("a").orElseThrow().rule().on());
    }

    @Test
    void theListIsInTheOrderOfNamesAfterAName() {
        List.of("b", "a", "c", "B").forEach(name -> put(name, FAILED));
        assertEquals(List.of("B", "a", "b"), names(notifications().list("", 3)));
        assertEquals(List.of("c"), names(notifications().list("b", 3)));
    }

    @Test
    void thereIsABoundForRules() {
        for (int n = 0; n < Notifications.MOST_RULES; n++) {
            put("rule" + n, FAILED);
        }
        var refused = assertThrows(ProblemException.class, () -> put("more", FAILED));
        assertEquals(ProblemCode.TOO_MANY_NOTIFICATIONS, refused.code());
    }

    @Test
    void aDeletedRuleIsGoneWithItsMessages() {
        put("a", BOTH);
        fail("x");
        assertTrue(await(notifications().delete("a", null)));
        assertFalse(await(notifications().delete("a", null)));
        clock.advance(MINUTE);
        assertEquals(List.of(), due());
        fail("x");
        reopen();
        put("a", BOTH);
        complete("x");
        assertEquals(List.of(), messages("a"));
    }

    @Test
    void eachChangeBringsItsEntryAndWhatChangesNothingBringsNone() {
        KeptNotificationRule rule = new KeptNotificationRule(rule("a", FAILED), HOST, 0, clock.instant(), null);
        await(notifications().put(rule, change("notification.put")));
        await(notifications().put(rule, change("notification.put")));
        await(notifications().addTest("a", clock.instant(), change("notification.test")));
        await(notifications().addTest("b", clock.instant(), change("notification.test")));
        await(notifications().delete("a", change("notification.remove")));
        await(notifications().delete("a", change("notification.remove")));
        assertEquals(
                List.of("notification.put", "notification.test", "notification.remove"),
                audit().after(0, 10).stream()
                        .map(record -> record.entry().action())
                        .toList());
    }

    @Test
    void aDueTimeThatPassedWithoutAJobIsTold() {
        put("a", Set.of(NotificationEvent.MISSED));
        ScheduleRequest request = new ScheduleRequest(
                "nightly",
                Timing.every(Duration.ofHours(1)),
                JobStoreDriver.request("backup").title("The backup").build(),
                Overlap.SKIP,
                Missed.SKIP,
                false);
        @Nullable
        KeptSchedule schedule = await(schedules().put(KeptSchedule.first(request, null, clock.instant(), null), null))
                .present();
        Instant dueAt = clock.instant().minus(MINUTE);
        DueFire fire = new DueFire(
                "nightly",
                Objects.requireNonNull(schedule).revision(),
                dueAt,
                clock.instant(),
                EarlierJobs.YIELD_TO,
                null,
                null,
                "No server.");
        assertTrue(await(schedules().pass(fire, FireOutcome.SKIPPED_MISSED)));
        Notification message = message("a");
        assertEquals(dueAt, message.lastAt());
        assertEquals(
                new Occurrence(null, "nightly", "The backup", List.of("backup"), dueAt, "No server.", 1),
                message.examples().get(0));
    }

    @Test
    void aJobThatRunsForLongerIsToldOnceForItsRun() {
        put(late("a", MINUTE, null));
        assertEquals(Optional.empty(), await(notifications().tellLate(clock.instant())));
        told.clear();
        Job job = driver().started("m");
        Instant begun = clock.instant();
        assertFalse(told.get(told.size() - 1).isAfter(begun.plus(MINUTE)), "a look is asked for in time");
        assertEquals(Optional.of(begun.plus(MINUTE)), await(notifications().tellLate(clock.instant())));
        clock.advance(MINUTE);
        await(notifications().tellLate(clock.instant()));
        await(notifications().tellLate(clock.instant()));
        reopen();
        clock.advance(MINUTE);
        await(notifications().tellLate(clock.instant()));
        Notification message = message("a");
        assertEquals(NotificationEvent.RUNNING_LONGER_THAN, message.event());
        assertEquals(1, message.count());
        assertEquals(job.id(), message.examples().get(0).job());
        assertEquals(begun.plus(MINUTE), message.lastAt());
    }

    @Test
    void jobsThatWaitForLongerAreToldOnceAndThoseOfALaterTimeNotBeforeIt() {
        put(late("a", null, MINUTE));
        Job waiting = driver().add("m");
        Instant added = clock.instant();
        driver().add(JobStoreDriver.request("later")
                .notBefore(added.plus(MINUTE))
                .build());
        clock.set(added.plus(MINUTE));
        assertEquals(
                Optional.of(added.plus(MINUTE).plus(MINUTE)),
                await(notifications().tellLate(clock.instant())));
        assertEquals(waiting.id(), message("a").examples().get(0).job());
        assertEquals(1, message("a").count());
        clock.advance(MINUTE);
        await(jobs().claim(driver().claimOf(Set.of("none")))); // the later one may start from now on
        await(notifications().tellLate(clock.instant()));
        await(notifications().tellLate(clock.instant()));
        assertEquals(2, message("a").count());
    }

    @Test
    void jobsThatWereLateBeforeTheRuleAreTold() {
        driver().add("m");
        clock.advance(MINUTE);
        put(late("a", null, MINUTE));
        assertFalse(told.get(told.size() - 1).isAfter(clock.instant()), "a look is asked for at once");
        await(notifications().tellLate(clock.instant()));
        assertEquals(1, message("a").count());
    }

    @Test
    void aTestIsAMessageOfItsOwnThatIsDueAtOnce() {
        put("a", FAILED);
        fail("x");
        assertEquals(Optional.empty(), await(notifications().addTest("b", clock.instant(), null)));
        Notification test =
                await(notifications().addTest("a", clock.instant(), null)).orElseThrow();
        assertEquals(NotificationEvent.TEST, test.event());
        assertEquals(List.of(test.id()), due().stream().map(DueNotification::id).toList());
        assertEquals(Optional.of(test), await(notifications().close(due().get(0), clock.instant())));
    }

    @Test
    void busyHostsAndThoseUnderWayAreLeftOut() {
        put("a", FAILED);
        fail("x");
        clock.advance(MINUTE);
        DueNotification due = due().get(0);
        assertEquals(HOST, due.host());
        assertEquals("a", due.rule());
        assertEquals(List.of(), notifications().due(clock.instant(), Set.of(HOST), Set.of(), 10));
        assertEquals(List.of(), notifications().due(clock.instant(), Set.of(), Set.of(due.number()), 10));
        assertEquals(Optional.empty(), notifications().nextDue(clock.instant()));
    }

    @Test
    void aTryOfAMessageThatIsGoneChangesNothing() {
        put("a", FAILED);
        fail("x");
        clock.advance(MINUTE);
        DueNotification due = due().get(0);
        assertTrue(await(notifications().tried(due, failed(), DeliveryState.WAITING, clock.instant())));
        assertFalse(await(notifications().tried(due, failed(), DeliveryState.FAILED, null)));
        await(notifications().delete("a", null));
        assertFalse(await(notifications().tried(due, failed(), DeliveryState.FAILED, null)));
        assertEquals(Optional.empty(), await(notifications().close(due, clock.instant())));
    }

    @Test
    void aClockThatIsSetBackMakesNothingWaitForIt() {
        put("a", FAILED);
        fail("x");
        Instant before = clock.instant().minus(Duration.ofDays(1));
        assertEquals(1, await(notifications().hasten(before)));
        assertEquals(0, await(notifications().hasten(before)));
        assertEquals(before, message("a").nextAt());
    }

    @Test
    void oldMessagesAreForgottenButNoneThatWaits() {
        put("a", FAILED);
        fail("x");
        for (int n = 0; n < NotificationStore.MOST_MESSAGES + 20; n++) {
            await(notifications().addTest("a", clock.instant(), null));
            await(notifications().tried(due().get(0), failed(), DeliveryState.FAILED, null));
        }
        List<Notification> kept = messages("a");
        assertEquals(NotificationStore.MOST_MESSAGES + 1, kept.size());
        assertEquals(DeliveryState.WAITING, kept.get(kept.size() - 1).state());
        long second = kept.get(1).n();
        assertEquals(kept.subList(2, 4), notifications().messages("a", second, 2));
    }
}

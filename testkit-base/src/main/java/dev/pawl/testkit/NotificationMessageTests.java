package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Job;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.RunMove;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tests of messages: those that jobs and their ends bring about, and what becomes of them. */
abstract class NotificationMessageTests extends NotificationTests {

    @Test
    void manyFailuresAreOneMessageThatIsDueWhenOthersHadTimeToCome() {
        put("a", FAILED);
        Instant first = clock.instant().plusSeconds(1);
        for (int n = 0; n < 100; n++) {
            fail("backup");
        }
        Job last = fail("mail");
        Notification message = message("a");
        assertEquals(101, message.count());
        assertEquals(first.plus(rule("a", FAILED).groupFor()), message.nextAt());
        assertEquals(List.of(message.nextAt()), told.subList(1, told.size()), "told once, of the first");
        assertEquals(first, message.firstAt());
        assertEquals(clock.instant(), message.lastAt());
        assertNull(message.closedAt());
        Occurrence example = message.examples().get(0);
        assertEquals(
                List.of(100L, 1L),
                message.examples().stream().map(Occurrence::times).toList());
        assertEquals("backup", example.title());
        assertEquals(List.of("backup"), example.modules());
        assertEquals("It broke.", example.detail());
        assertEquals(last.id(), message.examples().get(1).job());
        reopen();
        assertEquals(message, message("a"));
    }

    @Test
    void aMessageThatWasClosedGrowsNoMoreAndTheNextOneKeepsTheQuietTime() {
        put("a", FAILED);
        fail("x");
        clock.advance(MINUTE);
        DueNotification due = due().get(0);
        Notification closed = await(notifications().close(due, clock.instant())).orElseThrow();
        Instant at = clock.instant();
        fail("x");
        assertEquals(1, closed.count());
        assertEquals(
                List.of(1L, 1L), messages("a").stream().map(Notification::count).toList());
        assertNotEquals(closed.id(), message("a").id());
        assertEquals(at.plus(rule("a", FAILED).quietFor()), message("a").nextAt());
    }

    @Test
    void anotherMessageWaitsUntilTheTriesOfTheOneBeforeAreOver() {
        put("a", BOTH);
        fail("x");
        complete("x");
        clock.advance(MINUTE);
        DueNotification earlier = due().get(0);
        assertEquals(List.of(earlier), due(), "the other one is not due beside it");
        assertEquals(List.of(), notifications().due(clock.instant(), Set.of(), Set.of(earlier.number()), 10));
        Notification end = messages("a").get(0);
        DueNotification later = new DueNotification(end.n(), end.id(), "a", HOST, 0);
        assertEquals(Optional.empty(), await(notifications().close(later, clock.instant())), "nor can it begin");
        Notification first =
                await(notifications().close(earlier, clock.instant())).orElseThrow();
        assertEquals(NotificationEvent.FAILED, first.event(), "the failure goes before its end");
        assertEquals(Optional.empty(), await(notifications().close(later, clock.instant())));
        await(notifications()
                .tried(earlier, failed(), DeliveryState.WAITING, clock.instant().plus(MINUTE)));
        assertEquals(List.of(), due());
        clock.advance(MINUTE);
        assertEquals(
                first.id(),
                await(notifications().close(due().get(0), clock.instant()))
                        .orElseThrow()
                        .id());
        await(notifications().tried(due().get(0), failed(), DeliveryState.DELIVERED, null));
        assertEquals(2, messages("a").get(1).tries().size());
        assertEquals(
                NotificationEvent.COMPLETED_AFTER_FAILING,
                await(notifications().close(due().get(0), clock.instant()))
                        .orElseThrow()
                        .event());
    }

    @Test
    void aMessageThatWasClosedWhenTheServerEndedIsDueAsItWas() {
        put("a", FAILED);
        fail("x");
        clock.advance(MINUTE);
        Notification closed =
                await(notifications().close(due().get(0), clock.instant())).orElseThrow();
        reopen();
        assertEquals(Optional.of(closed), await(notifications().close(due().get(0), clock.instant())));
    }

    @Test
    void onlyJobsOfTheRulesModulesAndTitleAreTold() {
        NotificationRule rule = rule("a", FAILED);
        put(new NotificationRule(
                "a", FAILED, null, null, Set.of("m", "n"), "NIGHTLY*x", rule.target(), MINUTE, MINUTE, false));
        end("nightly x", failure(), "m");
        end("Nightly of x", failure(), "k", "n");
        end("nightly x", failure(), "k");
        end("nightly y", failure(), "m");
        end("a nightly x", failure(), "m");
        assertEquals(2, message("a").count());
    }

    @Test
    void aPausedRuleTellsNothing() {
        NotificationRule rule = rule("a", FAILED);
        put(new NotificationRule("a", FAILED, null, null, Set.of(), null, rule.target(), MINUTE, MINUTE, true));
        fail("x");
        assertEquals(List.of(), messages("a"));
    }

    @Test
    void aJobThatCompletesIsToldOnlyAfterOneOfTheSameTitleAndModulesFailed() {
        put("a", Set.of(NotificationEvent.COMPLETED_AFTER_FAILING));
        complete("x");
        fail("x");
        fail("x");
        end("other", new RunMove.Completed(clock.instant()), "x");
        reopen();
        notifications().attach(told::add);
        assertEquals(List.of(), messages("a"));
        Job job = complete("x");
        complete("x");
        Notification message = message("a");
        assertEquals(1, message.count());
        assertEquals(job.id(), message.examples().get(0).job());
        assertEquals(
                "It had failed 2 times since 2026-03-01T12:00:02Z.",
                message.examples().get(0).detail());
    }

    @Test
    void aJobThatFailsWithoutARunIsToldToo() {
        put("a", FAILED);
        Job first = driver().started("m");
        driver().add(JobStoreDriver.request("n")
                .after(new After(List.of(first.id().toString()), After.On.COMPLETED))
                .build());
        driver().write(driver().move(first, driver().stopped()));
        assertEquals(1, message("a").count());
        driver().started("m");
        await(jobs().recover(1, clock.instant()));
        assertEquals(2, message("a").count());
    }
}

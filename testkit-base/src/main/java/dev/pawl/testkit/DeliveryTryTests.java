package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.service.store.PurgeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tests of tries: which deliveries are due, and what becomes of one that was tried. */
abstract class DeliveryTryTests extends DeliveryTests {

    @Test
    void whatIsDueIsReadInTheOrderOfTimesWithoutBusyHostsAndThoseUnderWay() {
        Job first = ended("https://one.example.com/");
        Job second = ended("https://two.example.com/");
        Job third = ended("https://one.example.com/again");
        List<DueDelivery> all = due();
        assertEquals(
                List.of(first.id(), second.id(), third.id()),
                all.stream().map(DueDelivery::job).toList());
        assertEquals(
                List.of(all.get(1)),
                await(deliveries().take(clock.instant(), Set.of("one.example.com:443"), Set.of(), 10)));
        assertEquals(
                List.of(all.get(2)),
                await(deliveries()
                        .take(
                                clock.instant(),
                                Set.of(),
                                Set.of(all.get(0).number(), all.get(1).number()),
                                10)));
        assertEquals(all.subList(0, 2), await(deliveries().take(clock.instant(), Set.of(), Set.of(), 2)));
        assertEquals(2, deliveries().waiting(2));
        assertEquals(3, deliveries().waiting(100));
    }

    @Test
    void aTryThatFailedMakesTheDeliveryDueLater() {
        Job job = ended(URL);
        DueDelivery due = due().get(0);
        Instant next = clock.instant().plus(MINUTE);
        DeliveryTry failed = failed();
        assertTrue(await(deliveries().tried(due, failed, DeliveryState.WAITING, next)));
        reopen();
        assertEquals(List.of(), due());
        assertEquals(Optional.of(next), deliveries().nextDue(clock.instant()));
        Delivery delivery = deliveries().of(job.id()).get(0);
        assertEquals(List.of(failed), delivery.tries());
        assertEquals(next, delivery.nextAt());
        clock.advance(MINUTE);
        assertEquals(1, due().get(0).tries());
    }

    @Test
    void aDeliveryThatIsOverIsNeverDue() {
        Job job = ended(URL);
        DeliveryTry made = new DeliveryTry(clock.instant(), Duration.ofMillis(3), 204, null, null);
        assertTrue(await(deliveries().tried(due().get(0), made, DeliveryState.DELIVERED, null)));
        Job other = ended(URL);
        assertTrue(await(deliveries().tried(due().get(0), failed(), DeliveryState.FAILED, null)));
        clock.advance(Duration.ofDays(400));
        assertEquals(List.of(), due());
        assertEquals(Optional.empty(), deliveries().nextDue(Instant.EPOCH));
        assertEquals(List.of(made), deliveries().of(job.id()).get(0).tries());
        assertEquals(DeliveryState.DELIVERED, deliveries().of(job.id()).get(0).state());
        assertEquals(DeliveryState.FAILED, deliveries().of(other.id()).get(0).state());
    }

    @Test
    void theLatestTriesAreKept() {
        Job job = ended(URL);
        for (int n = 0; n < DeliveryStore.MOST_TRIES + 5; n++) {
            clock.advance(MINUTE);
            assertTrue(await(deliveries().tried(due().get(0), failed(), DeliveryState.WAITING, clock.instant())));
        }
        List<DeliveryTry> tries = deliveries().of(job.id()).get(0).tries();
        assertEquals(DeliveryStore.MOST_TRIES, tries.size());
        assertEquals(clock.instant(), tries.get(tries.size() - 1).at());
    }

    @Test
    void aDeliveryThatIsRequestedAgainIsDueWithAllItsTriesAndItsEntry() {
        Job job = ended(URL);
        await(deliveries().tried(due().get(0), failed(), DeliveryState.FAILED, null));
        int before = told.get();
        assertTrue(await(deliveries().retry(job.id(), CallbackEvent.COMPLETED, clock.instant(), change())));
        assertEquals(before + 1, told.get());
        assertEquals(0, due().get(0).tries());
        assertEquals(1, deliveries().of(job.id()).get(0).tries().size());
        assertFalse(await(deliveries().retry(job.id(), CallbackEvent.FAILED, clock.instant(), change())));
        reopen();
        assertEquals(
                List.of(job.id() + ".completed"),
                audit().after(0, 10).stream()
                        .map(record -> record.entry().target())
                        .toList());
    }

    @Test
    void aTryThatWasUnderWayLeavesADeliveryDueThatWasRequestedAgain() {
        Job job = ended(URL);
        await(deliveries().tried(due().get(0), failed(), DeliveryState.WAITING, clock.instant()));
        DueDelivery underWay = due().get(0);
        await(deliveries().retry(job.id(), CallbackEvent.COMPLETED, clock.instant(), null));
        assertFalse(await(deliveries().tried(underWay, failed(), DeliveryState.FAILED, null)));
        assertEquals(DeliveryState.WAITING, deliveries().of(job.id()).get(0).state());
        assertEquals(2, deliveries().of(job.id()).get(0).tries().size());
    }

    @Test
    void aClockThatIsSetBackMakesNothingWaitForIt() {
        Job job = ended(URL);
        await(deliveries()
                .tried(
                        due().get(0),
                        failed(),
                        DeliveryState.WAITING,
                        clock.instant().plus(MINUTE)));
        Instant before = clock.instant().minus(Duration.ofDays(1));
        assertEquals(1, await(deliveries().hasten(before)));
        assertEquals(0, await(deliveries().hasten(before)));
        assertEquals(before, deliveries().of(job.id()).get(0).nextAt());
        assertEquals(1, await(deliveries().take(before, Set.of(), Set.of(), 10)).size());
    }

    @Test
    void deliveriesGoWithTheirJob() {
        Job job = ended(URL);
        DueDelivery due = due().get(0);
        await(deliveries().tried(due, failed(), DeliveryState.WAITING, clock.instant()));
        await(jobs().remove(job.id()));
        assertEquals(List.of(), due());
        assertEquals(List.of(), deliveries().of(job.id()));
        assertFalse(await(deliveries().tried(due, failed(), DeliveryState.WAITING, clock.instant())));
    }

    @Test
    void aPurgeRemovesDeliveriesWithTheirJobs() {
        ended(URL);
        upkeep().purge(new PurgeRequest(
                Map.of(JobStatus.COMPLETED, clock.instant().plus(MINUTE)), false));
        assertEquals(0, deliveries().waiting(10));
    }

    @Test
    void aTryOfADeliveryThatHasGoneIsNotThatOfTheNext() {
        Job gone = ended(URL);
        DueDelivery begun = due().get(0);
        await(jobs().remove(gone.id()));
        Job next = ended(URL);
        DeliveryTry answered = new DeliveryTry(clock.instant(), Duration.ofMillis(20), 204, null, null);
        assertFalse(await(deliveries().tried(begun, answered, DeliveryState.DELIVERED, null)));
        Delivery waiting = deliveries().of(next.id()).get(0);
        assertEquals(DeliveryState.WAITING, waiting.state());
        assertEquals(List.of(), waiting.tries());
        assertEquals(next.id(), due().get(0).job());
    }

    private DeliveryTry failed() {
        return new DeliveryTry(clock.instant(), Duration.ofMillis(20), 503, "The receiver answers 503.", "busy");
    }

    private @Nullable AuditedChange change() {
        return new AuditedChange(Actor.inside(Door.SHELL), "callback.retry", "", clock.instant());
    }
}

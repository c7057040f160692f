package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of every store of deliveries, as tests. The tests of a store have one subclass, which opens it. */
public abstract class DeliveryStoreContract extends DeliveryTryTests {

    @Test
    void aCallbackIsFoundInTheRequestAsItWasGivenAlsoAfterAReopening() {
        Callback all = new Callback(URL, EnumSet.allOf(CallbackEvent.class), "ci-key");
        Job job = driver().add(request().callback(all).build());
        Job plain = driver().add(withCallback());
        reopen();
        assertEquals(Optional.of(all), driver().find(job).request().callback());
        assertEquals(
                Optional.of(new Callback(URL, CallbackEvent.ENDS, null)),
                driver().find(plain).request().callback());
    }

    @Test
    void eachEndOfAJobAddsADeliveryThatIsDueAtOnce() {
        Job completed = begun();
        driver().write(driver().move(completed, driver().completed()));
        Job failed = begun();
        Failure failure = new Failure(Phase.RUN, 0, "m", "made up", null);
        driver().write(driver().move(failed, new RunMove.Failed(failure, clock.instant())));
        Job stopped = begun();
        driver().write(driver().move(stopped, driver().stopped()));
        assertEquals(3, told.get());
        reopen();
        assertEquals(List.of(CallbackEvent.COMPLETED), events(completed));
        assertEquals(List.of(CallbackEvent.FAILED), events(failed));
        assertEquals(List.of(CallbackEvent.STOPPED), events(stopped));
        Delivery delivery = deliveries().of(stopped.id()).get(0);
        assertEquals(DeliveryState.WAITING, delivery.state());
        assertEquals(clock.instant(), delivery.nextAt());
        assertEquals(stopped.id() + ".stopped", delivery.id());
        assertEquals(
                List.of(completed.id(), failed.id(), stopped.id()),
                due().stream().map(DueDelivery::job).toList());
        assertEquals(HOST, due().get(0).host());
    }

    @Test
    void aWaitingJobThatIsStoppedAddsItsDelivery() {
        Job job = driver().add(withCallback());
        await(jobs().write(RunWrite.ofRuntime(job).withMove(driver().stopped())));
        assertEquals(List.of(CallbackEvent.STOPPED), events(job));
    }

    @Test
    void aJobOfAnExternalWorkerAddsItsDelivery() {
        driver().add(withCallback());
        Job job = await(jobs().claim(driver().lease("afar", MINUTE))).get(0);
        driver().write(driver().move(job, driver().completed()));
        assertEquals(List.of(CallbackEvent.COMPLETED), events(job));
    }

    @Test
    void aJobThatFailsBecauseItEndedTheServerTooOftenAddsItsDelivery() {
        Job job = begun();
        await(jobs().recover(1, clock.instant()));
        assertEquals(JobStatus.FAILED, driver().find(job).state().status());
        assertEquals(List.of(CallbackEvent.FAILED), events(job));
    }

    @Test
    void aJobThatFailsBecauseItWaitedForOneThatWasStoppedAddsItsDelivery() {
        Job first = driver().started("m");
        Job waiting = driver().add(request()
                .callback(new Callback(URL, CallbackEvent.ENDS, null))
                .after(new After(List.of(first.id().toString()), After.On.COMPLETED))
                .build());
        driver().write(driver().move(first, driver().stopped()));
        assertEquals(JobStatus.FAILED, driver().find(waiting).state().status());
        assertEquals(List.of(CallbackEvent.FAILED), events(waiting));
        assertEquals(1, told.get());
    }

    @Test
    void theFirstRunIsToldOfOnceHoweverOftenTheJobRuns() {
        Callback running = new Callback(URL, Set.of(CallbackEvent.RUNNING), null);
        Job job = driver().add(request().callback(running).build());
        Job first = driver().claimOne();
        assertEquals(List.of(CallbackEvent.RUNNING), events(job));
        driver().write(driver().move(first, RunMove.Parked.of(ParkReason.INTERRUPTED, clock.instant())));
        Job second = driver().claimOne();
        driver().write(driver().move(second, driver().completed()));
        assertEquals(List.of(CallbackEvent.RUNNING), events(job));
    }

    @Test
    void aMoveThatIsNoEventAddsNothingAndTellsNobody() {
        Job job = begun();
        driver().write(driver().move(job, RunMove.Parked.of(ParkReason.RETRY, clock.instant())));
        driver().claimOne();
        Job none = driver().started("m");
        driver().write(driver().move(none, driver().completed()));
        assertEquals(List.of(), events(job));
        assertEquals(List.of(), deliveries().of(none.id()));
        assertEquals(0, told.get());
        assertEquals(0, deliveries().waiting(10));
    }

    @Test
    void aWriteThatIsRefusedAddsNoSecondDelivery() {
        Job job = begun();
        driver().write(driver().move(job, driver().completed()));
        driver().refused(driver().move(job, driver().stopped()));
        assertEquals(List.of(CallbackEvent.COMPLETED), events(job));
    }
}

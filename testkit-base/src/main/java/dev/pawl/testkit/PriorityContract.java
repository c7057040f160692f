package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.RunMove;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of changes of the priorities of waiting jobs. */
interface PriorityContract extends JobStoreTests {

    private List<UUID> order() {
        return store().pending(10).stream().map(Job::id).toList();
    }

    @Test
    default void aNewPriorityCountsForTheNextClaimAndIsThatOfTheRequest() {
        Job first = jobs().add("a");
        Job second = jobs().add("a");
        Job third = jobs().add(request("a").priority(2).build());
        assertEquals(2, await(store().prioritize(List.of(second.id(), third.id()), 5, null)));
        assertEquals(List.of(second.id(), third.id(), first.id()), order());
        assertEquals(5, jobs().find(second).request().priority());
        assertEquals(
                second.id(), await(store().claim(jobs().claim(1, 10))).get(0).id());
        assertEquals(1, await(store().prioritize(List.of(third.id()), 0, null)));
        assertEquals(List.of(first.id(), third.id()), order());
    }

    @Test
    default void aLongRequestKeepsTheNewPriorityToo() {
        Job job = jobs().add(JobRequest.builder(List.of(new Task("a", Map.of("text", "x".repeat(2_000)))))
                .build());
        await(store().prioritize(List.of(job.id()), -7, null));
        assertEquals(-7, jobs().find(job).request().priority());
        assertEquals(job.request().tasks(), jobs().find(job).request().tasks());
    }

    @Test
    default void anInterruptedJobStaysBeforeTheOthers() {
        Job interrupted = jobs().started("a");
        jobs().write(jobs().move(interrupted, RunMove.Parked.of(ParkReason.INTERRUPTED, clock().instant())));
        Job other = jobs().add(request("a").priority(9).build());
        assertEquals(1, await(store().prioritize(List.of(interrupted.id()), -1_000, null)));
        assertEquals(List.of(interrupted.id(), other.id()), order());
    }

    @Test
    default void jobsThatDoNotWaitAreLeft() {
        Job running = jobs().started("a");
        assertEquals(0, await(store().prioritize(List.of(running.id(), UUID.randomUUID()), 5, null)));
        assertEquals(running, jobs().find(running));
    }
}

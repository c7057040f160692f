package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    default void manyWaitingJobsAreListedByTheirAdditionWhateverTheirOrderInTheQueue() {
        Job ended = jobs().started("a");
        jobs().write(jobs().move(ended, jobs().completed()));
        List<NewJob> many = new ArrayList<>();
        for (int n = 0; n < 21_000; n++) {
            JobRequest request = request(n % 2 == 0 ? "a" : "b").priority(n % 7).build();
            many.add(new NewJob(UUID.randomUUID(), request, clock().instant()));
        }
        List<UUID> added = await(store().add(many)).stream().map(Job::id).collect(Collectors.toList());
        Collections.reverse(added);
        assertEquals(added.subList(0, 2_500), listed(JobFilter.all().withStatus(JobStatus.PENDING), 2_500));
        assertEquals(
                IntStream.range(0, 2_500).mapToObj(n -> added.get(2 * n)).toList(),
                listed(JobFilter.all().withStatus(JobStatus.PENDING).withModule("b"), 2_500));
    }

    private List<UUID> listed(JobFilter filter, int most) {
        List<UUID> ids = new ArrayList<>();
        JobPage<Job> page = store().list(filter.withLimit(500));
        while (ids.size() < most) {
            page.jobs().forEach(job -> ids.add(job.id()));
            page = store().list(filter.withLimit(500).from(Objects.requireNonNull(page.nextCursor())));
        }
        return ids;
    }

    @Test
    default void jobsThatDoNotWaitAreLeft() {
        Job running = jobs().started("a");
        assertEquals(0, await(store().prioritize(List.of(running.id(), UUID.randomUUID()), 5, null)));
        assertEquals(running, jobs().find(running));
    }
}

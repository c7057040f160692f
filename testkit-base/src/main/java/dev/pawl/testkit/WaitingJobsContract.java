package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.WaitingJobs;
import dev.pawl.service.store.WaitingJobs.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract of the sums of waiting jobs. */
interface WaitingJobsContract extends JobStoreTests {

    private List<WaitingJobs> sums() {
        return store().waitingJobs(clock().instant()).stream()
                .sorted(Comparator.comparing(WaitingJobs::kind)
                        .thenComparing(sum -> sum.modules().toString()))
                .toList();
    }

    @Test
    default void withoutWaitingJobsThereIsNothingToSum() {
        jobs().started("a");
        assertEquals(List.of(), sums());
    }

    @Test
    default void jobsThatAreDueAreSummedByTheirModules() {
        Job first = jobs().add("b", "a");
        jobs().add("a", "b");
        Job other = jobs().add("a");
        assertEquals(
                List.of(
                        new WaitingJobs(Kind.DUE, List.of("a", "b"), 2, first.createdAt(), first.createdAt()),
                        new WaitingJobs(Kind.DUE, List.of("a"), 1, other.createdAt(), other.createdAt())),
                sums());
    }

    @Test
    default void jobsThatWaitForATimeAreSummedWithTheNextOne() {
        Instant next = clock().instant().plus(Duration.ofHours(1));
        Job late = jobs().add(request("a").notBefore(next.plusSeconds(60)).build());
        jobs().add(request("b").notBefore(next).build());
        assertEquals(List.of(new WaitingJobs(Kind.TIME, List.of(), 2, late.createdAt(), next)), sums());
        clock().set(next);
        assertEquals(
                List.of(Kind.DUE, Kind.TIME),
                sums().stream().map(WaitingJobs::kind).toList());
    }

    @Test
    default void jobsThatWaitForARetryAreSummedApart() {
        Job job = jobs().started("a");
        Instant due = clock().instant().plusSeconds(90);
        Failure failure = new Failure(Phase.RUN, 0, "a", "no", "stack", null);
        jobs().write(jobs().move(job, new RunMove.Parked(ParkReason.RETRY, due, failure, clock().instant())));
        assertEquals(List.of(new WaitingJobs(Kind.RETRY, List.of(), 1, job.createdAt(), due)), sums());
    }

    @Test
    default void jobsThatWaitForOthersAreSummedApart() {
        Job first = jobs().add("a");
        After after = new After(List.of(first.id().toString()), After.On.ENDED);
        Job waiting = jobs().add(request("b").after(after).build());
        jobs().add(request("c").after(after).build());
        assertEquals(
                List.of(
                        new WaitingJobs(Kind.DUE, List.of("a"), 1, first.createdAt(), first.createdAt()),
                        new WaitingJobs(Kind.OTHER_JOBS, List.of(), 2, waiting.createdAt(), waiting.createdAt())),
                sums());
    }

    @Test
    default void suspectedJobsAreSummedApart() {
        Job job = jobs().started("a");
        await(store().recover(9, clock().instant()));
        jobs().claimOne();
        await(store().recover(9, clock().instant()));
        jobs().add("a");
        assertEquals(
                Map.of(Kind.SUSPECTED, 1L, Kind.DUE, 1L),
                sums().stream().collect(Collectors.toMap(WaitingJobs::kind, WaitingJobs::count)));
        assertEquals(job.createdAt(), sums().get(1).oldestAt());
    }
}

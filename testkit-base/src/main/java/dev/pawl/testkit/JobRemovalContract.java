package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of removing jobs from a store. */
interface JobRemovalContract extends JobStoreTests {

    @Test
    default void aRemovedJobLeavesNothingBehind() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .lines("line")
                .results("{}")
                .checkpoint(Map.of("x", 1))
                .move(jobs().completed())
                .build());
        assertTrue(await(store().remove(job.id())));
        assertTrue(store().find(job.id()).isEmpty());
        assertEquals(List.of(), store().logs(job.id(), 10));
        assertEquals(0, store().results(job.id(), 0, 10).total());
        assertEquals(0, store().counts().get(JobStatus.COMPLETED));
        assertEquals(List.of(), store().list(JobFilter.all()).jobs());
        assertEquals(List.of(), store().findByPrefix(job.id().toString(), 2));
    }

    @Test
    default void aJobAfterARemovedOneHasNothingOfIt() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .lines("line")
                .results("{}")
                .move(jobs().completed())
                .build());
        await(store().remove(job.id()));
        Job next = jobs().started("a");
        assertEquals(List.of(), store().logs(next.id(), 10));
        assertEquals(List.of(), jobs().results(next));
        assertEquals(1, jobs().write(jobs().lines(next, "first")).firstLine());
    }

    @Test
    default void aWaitingJobIsRemoved() {
        Job job = jobs().add("a");
        assertTrue(await(store().remove(job.id())));
        assertEquals(List.of(), jobs().claimAll());
    }

    @Test
    default void aRunningJobStays() {
        Job job = jobs().started("a");
        assertFalse(await(store().remove(job.id())));
        assertEquals(job, jobs().find(job));
    }

    @Test
    default void anUnknownJobIsNotRemoved() {
        assertFalse(await(store().remove(UUID.randomUUID())));
    }

    @Test
    default void allWaitingJobsAreRemovedAndNoOthers() {
        Job running = jobs().started("a");
        Job first = jobs().add("a");
        jobs().add("b");
        jobs().add("b");
        assertEquals(3, await(store().removePending()));
        assertTrue(store().find(first.id()).isEmpty());
        assertEquals(0, store().counts().get(JobStatus.PENDING));
        assertEquals(running, jobs().find(running));
        assertEquals(0, await(store().removePending()));
    }
}

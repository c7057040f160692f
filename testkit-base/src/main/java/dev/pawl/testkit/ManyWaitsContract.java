package dev.pawl.testkit;

import static dev.pawl.testkit.Eventually.eventually;
import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of many jobs that wait for others. */
interface ManyWaitsContract extends JobStoreTests {

    private static JobRequest after(UUID other) {
        return request("b")
                .after(new After(List.of(other.toString()), After.On.COMPLETED))
                .build();
    }

    private RunMove.Failed failed() {
        return new RunMove.Failed(new Failure(Phase.RUN, 0, "a", "It broke.", null), clock().instant());
    }

    @Test
    default void theEndOfAJobReachesThousandsThatWaitForIt() throws Exception {
        Job first = jobs().started("a");
        Job failing = jobs().started("a");
        List<NewJob> waiting = new ArrayList<>();
        for (int n = 0; n < 1_300; n++) {
            UUID other = (n % 2 == 0 ? first : failing).id();
            waiting.add(new NewJob(UUID.randomUUID(), after(other), clock().instant()));
        }
        await(store().add(waiting));
        jobs().write(jobs().move(first, jobs().completed()));
        jobs().write(jobs().move(failing, failed()));
        reopen();
        await(store().offer());
        eventually(
                "all wait no more",
                () -> store().counts().getOrDefault(JobStatus.FAILED, 0L) == 651
                        && jobs().claimAll().size() + store().running().size() >= 650);
        assertEquals(650, store().running().size());
        assertEquals(0, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void aFailureGoesDownAChainOfAThousand() {
        List<NewJob> wanted = new ArrayList<>();
        wanted.add(new NewJob(UUID.randomUUID(), request("a").build(), clock().instant()));
        for (int n = 1; n < 1_000; n++) {
            UUID before = wanted.get(n - 1).id();
            wanted.add(new NewJob(UUID.randomUUID(), after(before), clock().instant()));
        }
        List<Job> chain = await(store().add(wanted));
        jobs().write(jobs().move(jobs().claimOne(), failed()));
        eventually(
                "the last one has failed",
                () -> jobs().find(chain.get(999)).state().status() == JobStatus.FAILED);
        assertEquals(1_000, store().counts().get(JobStatus.FAILED));
    }

    @Test
    default void inRandomListsEachJobRunsAfterAllForWhichItWaitsAndNoneWaitsForEver() {
        for (int seed = 0; seed < 40; seed++) {
            new RandomWaits(this, seed).run();
        }
    }
}

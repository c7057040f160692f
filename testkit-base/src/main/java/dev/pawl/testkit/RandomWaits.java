package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Jobs that wait for each other at random, and end at random; what must become of each is worked out from the waits alone. */
final class RandomWaits {

    private static final int JOBS = 30;

    private final JobStoreTests tests;
    private final Random random;
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();
    private final Map<UUID, JobStatus> ends = new HashMap<>();

    RandomWaits(JobStoreTests tests, long seed) {
        this.tests = tests;
        this.random = new Random(seed);
    }

    void run() {
        add();
        Set<Job> running = new HashSet<>();
        while (true) {
            for (Job claimed : tests.jobs().claimAll()) {
                checkMayRun(claimed);
                running.add(claimed);
            }
            if (running.isEmpty()) {
                break;
            }
            Job next = List.copyOf(running).get(random.nextInt(running.size()));
            running.remove(next);
            end(next);
        }
        jobs.values().forEach(this::checkEnd);
    }

    private void add() {
        List<NewJob> batch = new ArrayList<>();
        for (int n = 0; n < JOBS; n++) {
            Set<String> others = new HashSet<>();
            for (int m = random.nextInt(4); n > 0 && m > 0; m--) {
                others.add(batch.get(random.nextInt(n)).id().toString());
            }
            After.On on = random.nextInt(3) == 0 ? After.On.ENDED : After.On.COMPLETED;
            JobRequest request = JobStoreDriver.request("a")
                    .after(new After(List.copyOf(others), on))
                    .build();
            batch.add(new NewJob(UUID.randomUUID(), request, tests.clock().instant()));
        }
        await(tests.store().add(batch)).forEach(job -> jobs.put(job.id(), job));
    }

    private void end(Job job) {
        RunMove move = random.nextInt(6) == 0
                ? new RunMove.Failed(
                        new Failure(Phase.RUN, 0, "a", "It broke.", null),
                        tests.clock().instant())
                : tests.jobs().completed();
        ends.put(job.id(), move.status());
        tests.jobs().write(tests.jobs().move(job, move));
    }

    private void checkMayRun(Job job) {
        for (UUID other : job.request().after().ids()) {
            JobStatus end = tests.jobs()
                    .find(Objects.requireNonNull(jobs.get(other)))
                    .state()
                    .status();
            assertTrue(
                    job.request().after().on() == After.On.ENDED ? end.isFinal() : end == JobStatus.COMPLETED,
                    () -> "it runs after a job that is " + end);
        }
    }

    /** The order of addition is one in which each job stands behind those for which it waits. */
    private void checkEnd(Job job) {
        JobStatus expected = ends.get(job.id());
        if (expected == null) { // it has not run
            assertTrue(job.request().after().on() == After.On.COMPLETED
                    && job.request().after().ids().stream().anyMatch(other -> ends.get(other) != JobStatus.COMPLETED));
            expected = JobStatus.FAILED;
            ends.put(job.id(), expected);
        }
        assertEquals(expected, tests.jobs().find(job).state().status());
    }
}

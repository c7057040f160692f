package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.RunWrite.TaskChange;
import dev.pawl.service.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Calls a job store for the contract tests in short steps, each of which waits for its future. */
final class JobStoreDriver {

    private static final int MANY = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JobStore store;
    private final SettableClock clock;

    JobStoreDriver(JobStore store, SettableClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Waits for a future and returns its value, or throws its exception. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    static JobRequest.Builder request(String... modules) {
        List<Task> tasks = new ArrayList<>();
        for (String module : modules) {
            tasks.add(new Task(module, Map.of()));
        }
        return JobRequest.builder(tasks);
    }

    /** Adds a job and advances the clock by a second, so that jobs differ in age. */
    Job add(JobRequest request) {
        clock.advance(Duration.ofSeconds(1));
        return await(store.add(List.of(new NewJob(UUID.randomUUID(), request, clock.instant()))))
                .get(0);
    }

    Job add(String... modules) {
        return add(request(modules).build());
    }

    /** Claims all jobs that this worker may run. */
    List<Job> claimAll() {
        return await(store.claim(claim()));
    }

    /** Claims the only job that this worker may run. */
    Job claimOne() {
        List<Job> claimed = claimAll();
        if (claimed.size() != 1) {
            throw new AssertionError("Claimed " + claimed.size() + " jobs instead of one.");
        }
        return claimed.get(0);
    }

    ClaimRequest claim() {
        return new ClaimRequest("here", MANY, MANY, null, Map.of(), clock.instant(), null);
    }

    ClaimRequest claim(int most, int slots) {
        return new ClaimRequest("here", most, slots, null, Map.of(), clock.instant(), null);
    }

    ClaimRequest claimOf(Set<String> modules) {
        return new ClaimRequest("here", MANY, MANY, modules, Map.of(), clock.instant(), null);
    }

    ClaimRequest claimWithin(Map<String, Integer> limits) {
        return new ClaimRequest("here", MANY, MANY, null, limits, clock.instant(), null);
    }

    ClaimRequest lease(String worker, Duration time) {
        return new ClaimRequest(
                worker, 1, 0, null, Map.of(), clock.instant(), clock.instant().plus(time));
    }

    /** Adds a job and claims it. */
    Job started(String... modules) {
        Job added = add(modules);
        Job claimed = claimOne();
        if (!added.id().equals(claimed.id())) {
            throw new AssertionError("Another job was waiting.");
        }
        return claimed;
    }

    Job find(Job job) {
        return store.find(job.id()).orElseThrow(() -> new AssertionError("The job is gone."));
    }

    List<JobResult> results(Job job) {
        return store.results(job.id(), 0, MANY).results();
    }

    /** The results' JSON texts. */
    List<String> bodies(Job job) {
        return results(job).stream().map(JobResult::json).toList();
    }

    Written write(RunWrite write) {
        return await(store.write(write));
    }

    void refused(RunWrite write) {
        assertThrows(StaleRunException.class, () -> write(write));
    }

    RunWrite lines(Job job, String... lines) {
        return new Draft(job).lines(lines).build();
    }

    RunWrite results(Job job, String... results) {
        return new Draft(job).results(results).build();
    }

    RunWrite checkpoint(Job job, Map<String, Object> values) {
        return new Draft(job).checkpoint(values).build();
    }

    RunWrite move(Job job, RunMove move) {
        return new Draft(job).move(move).build();
    }

    RunMove.Completed completed() {
        return new RunMove.Completed(clock.instant());
    }

    RunMove.Stopped stopped() {
        return new RunMove.Stopped(clock.instant());
    }

    RunMove.NextTask nextTask() {
        return new RunMove.NextTask(clock.instant());
    }

    Draft draft(Job job) {
        return new Draft(job);
    }

    /** Collects a write. */
    final class Draft {
        private RunWrite write;
        private TaskChange task = TaskChange.NONE;

        private Draft(Job job) {
            JobState state = job.state();
            RunWrite empty = RunWrite.of(new RunId(job.id(), state.epoch()), state.taskIndex());
            write = state.status() == JobStatus.PENDING ? empty.forWaiting() : empty;
        }

        Draft lines(String... messages) {
            Instant now = clock.instant();
            write = write.withLines(Stream.of(messages)
                    .map(message -> new RunWrite.Line(now, LogLevel.INFO, message))
                    .toList());
            return this;
        }

        Draft line(LogLevel level, String message) {
            write = write.withLines(List.of(new RunWrite.Line(clock.instant(), level, message)));
            return this;
        }

        Draft results(String... bodies) {
            Instant now = clock.instant();
            write = write.withResults(Stream.of(bodies)
                    .map(body -> new RunWrite.Emitted(now, body))
                    .toList());
            return this;
        }

        Draft checkpoint(Map<String, Object> values) {
            task = task.withCheckpoint(values);
            return this;
        }

        Draft settings(Map<String, Object> values) {
            task = task.withSettings(values);
            return this;
        }

        Draft moduleVersion(String version) {
            task = task.withModuleVersion(version);
            return this;
        }

        Draft progress(double percent, Map<String, Object> info) {
            task = task.withProgress(new Progress(percent, info));
            return this;
        }

        Draft elapsed(Duration time) {
            write = write.withElapsed(time);
            return this;
        }

        Draft move(RunMove where) {
            write = write.withMove(where);
            return this;
        }

        RunWrite build() {
            return write.withTask(task);
        }
    }
}

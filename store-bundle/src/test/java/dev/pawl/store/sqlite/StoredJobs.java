package dev.pawl.store.sqlite;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.testkit.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Fills a store with jobs at the times of a clock. */
public final class StoredJobs {

    private final JobStore store;
    private final SettableClock clock;

    public StoredJobs(JobStore store, SettableClock clock) {
        this.store = store;
        this.clock = clock;
    }

    public Job started() {
        JobRequest request =
                JobRequest.builder(List.of(new Task("a", Map.of()))).build();
        Job added = await(store.add(List.of(new NewJob(UUID.randomUUID(), request, clock.instant()))))
                .get(0);
        List<Job> claimed =
                await(store.claim(new ClaimRequest("here", 10, 1_000, null, Map.of(), clock.instant(), null)));
        return claimed.stream()
                .filter(job -> job.id().equals(added.id()))
                .findFirst()
                .orElseThrow();
    }

    public Job ended(JobStatus status, int lines, int results) {
        Job job = started();
        say(job, lines, "line");
        write(job, List.of(), results, null);
        Instant now = clock.instant();
        RunMove end =
                switch (status) {
                    case COMPLETED -> new RunMove.Completed(now);
                    case STOPPED -> new RunMove.Stopped(now);
                    case FAILED -> new RunMove.Failed(new Failure(Phase.RUN, 0, "a", "It broke.", null), now);
                    case PENDING, RUNNING -> throw new IllegalArgumentException("no end: " + status);
                };
        write(job, List.of(), 0, end);
        return job;
    }

    public void say(Job job, int lines, String text) {
        List<RunWrite.Line> said = new ArrayList<>();
        for (int n = 1; n <= lines; n++) {
            said.add(new RunWrite.Line(clock.instant(), LogLevel.INFO, text));
        }
        write(job, said, 0, null);
    }

    private void write(Job job, List<RunWrite.Line> lines, int results, @Nullable RunMove move) {
        List<RunWrite.Emitted> emitted = new ArrayList<>();
        for (int n = 1; n <= results; n++) {
            emitted.add(new RunWrite.Emitted(clock.instant(), "{}"));
        }
        RunWrite write = RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                .withLines(lines)
                .withResults(emitted);
        await(store.write(move == null ? write : write.withMove(move)));
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}

package dev.pawl.testkit.fake;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.Attempts;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.JobState.Position;
import dev.pawl.service.job.JobState.Times;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.job.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs for adapters to show. */
public final class Jobs {

    public static final Instant CREATED = Instant.parse("2026-01-01T10:00:00.123Z");

    private Jobs() {}

    /** A job in a status, with a new id. */
    public static Job of(JobRequest request, JobStatus status) {
        return of(UUID.randomUUID(), request, status, null);
    }

    /** A job in a status, with this id and failure. */
    public static Job of(UUID id, JobRequest request, JobStatus status, @Nullable Failure failure) {
        boolean begun = status != JobStatus.PENDING;
        var times = new Times(
                Duration.ofMillis(1_500),
                begun ? CREATED.plusSeconds(1) : null,
                status.isFinal() ? CREATED.plusSeconds(3) : null,
                null);
        var state = new JobState(
                status,
                new Attempts(begun ? 1 : 0, 1, 0),
                Position.START
                        .withCheckpoint(Map.of("counted", 2))
                        .withProgress(new Progress(40, Map.of("file", "a.txt"))),
                times,
                begun ? new LatestRun("worker-1", null, "1.2.0") : null,
                null,
                failure);
        return new Job(id, request, CREATED, state);
    }

    /** The runs of a job: a failed one and a running one; none for a waiting job. */
    public static List<Run> runs(Job job) {
        Instant started = job.state().startedAt();
        if (started == null) {
            return List.of();
        }
        var failure = new Failure(Phase.RUN, 0, "hello", "No such host.", null);
        return List.of(
                new Run(1, 0, "1.1.0", "worker-1", CREATED, started, RunOutcome.RETRY, failure),
                new Run(2, 0, "1.2.0", "worker-1", started, null, RunOutcome.RUNNING, null)
                        .having(List.of(new Run.DoneTask(0, "1.1.9"))));
    }

    /** A request for a job with one task, which greets the world. */
    public static JobRequest request(String module) {
        return JobRequest.builder(List.of(new Task(module, Map.of("name", "World"))))
                .build();
    }
}

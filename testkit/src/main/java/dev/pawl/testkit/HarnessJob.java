package dev.pawl.testkit;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.secret.KeptSecrets;
import dev.pawl.scheduler.secret.KeyFile;
import dev.pawl.scheduler.secret.ReferenceBounds;
import dev.pawl.scheduler.secret.SecretReference;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.Attempts;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.JobState.Position;
import dev.pawl.service.job.JobState.Times;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Progress;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The job of a harness, kept in memory by the same rules as in a server's store. Safe for use by several threads. */
final class HarnessJob {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final UUID ID = UUID.fromString("5f0c3c1e-6f6b-4b0e-9d9b-6a7a3b1c2d3e");

    private final ModuleMapper mapper = new ModuleMapper();
    private final HarnessDocuments documents = new HarnessDocuments();
    private final HarnessData data = new HarnessData(documents, mapper);
    private final Vault vault = new Vault(KeyFile.inMemory());
    private final TaskSecrets secrets = new TaskSecrets(
            vault,
            new SecretReference(
                    System::getenv, ReferenceBounds.NOTHING, new KeptSecrets(name -> Optional.empty(), vault)));
    private final List<String> results = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private Map<String, Object> inputs = Map.of();
    private Map<String, Object> settings = Map.of();
    private Map<String, Object> begunWith = Map.of();
    private Map<String, Object> checkpoint = Map.of();
    private @Nullable String savedBy;
    private @Nullable RunMove move;
    private Progress progress = Progress.NONE;
    private long epoch;
    private int finalResults;
    private boolean killed;

    /** A job with the same inputs, settings, documents and checkpoint, which no run has begun. */
    synchronized HarnessJob copy() {
        HarnessJob copy = new HarnessJob();
        copy.inputs = inputs;
        copy.settings = settings;
        copy.checkpoint = checkpoint;
        copy.savedBy = savedBy;
        copy.documents.addAll(documents);
        return copy;
    }

    ModuleMapper mapper() {
        return mapper;
    }

    HarnessDocuments documents() {
        return documents;
    }

    HarnessData data() {
        return data;
    }

    TaskSecrets secrets() {
        return secrets;
    }

    void inputs(Object values) {
        inputs = json("The inputs", values);
    }

    void settings(Object values) {
        settings = json("The settings", values);
        begunWith = Map.of();
    }

    void from(Map<String, ?> saved, @Nullable String version) {
        checkpoint = json("The checkpoint", saved);
        savedBy = version;
    }

    Map<String, Object> inputs() {
        return inputs;
    }

    Map<String, Object> settings() {
        return settings;
    }

    private Map<String, Object> json(String what, Object values) {
        return Json.object(mapper.object(what, values, JsonLimits.MOST_BYTES));
    }

    /** Begins the next run. */
    synchronized Job claimed(JobRequest request) {
        epoch++;
        lines.clear();
        progress = Progress.NONE;
        move = null;
        killed = false;
        JobState state = new JobState(
                JobStatus.RUNNING,
                new Attempts(epoch, 1, 0),
                new Position(0, checkpoint, savedBy, begunWith, progress),
                Times.NONE.withStartedAt(START),
                LatestRun.by("harness", null),
                null,
                null);
        return new Job(ID, request, START, state);
    }

    /** Refuses all writes from now on, and removes everything after the last checkpoint. */
    synchronized void kill() {
        killed = true;
        rollBack();
    }

    synchronized CompletionStage<Written> write(RunWrite write) {
        if (killed) {
            return CompletableFuture.failedFuture(
                    new StaleRunException("The test harness ended the run, as a killed process would."));
        }
        if (write.taskIndex() >= 0) { // the runtime logs the other lines itself
            write.lines().forEach(line -> lines.add(line.message()));
        }
        write.results().forEach(result -> results.add(result.json()));
        RunWrite.TaskChange task = write.task();
        if (task.settings() != null) {
            begunWith = task.settings();
        }
        if (task.progress() != null) {
            progress = task.progress();
        }
        if (task.checkpoint() != null) {
            checkpoint = task.checkpoint();
            savedBy = task.moduleVersion();
            finalResults = results.size();
        }
        if (write.move() != null) {
            move = write.move();
            end();
        }
        return CompletableFuture.completedFuture(new Written(lines.size(), results.size()));
    }

    private void end() {
        if (move instanceof RunMove.Parked) {
            rollBack();
        } else {
            finalResults = results.size();
        }
    }

    private void rollBack() {
        results.subList(finalResults, results.size()).clear();
    }

    synchronized @Nullable RunMove move() {
        return move;
    }

    /** The outcome of a run with the given end. */
    synchronized HarnessRun run(HarnessRun.Outcome outcome, @Nullable Throwable thrown) {
        return new HarnessRun(
                outcome,
                thrown,
                move instanceof RunMove.Failed failed ? failed.failure() : null,
                lines,
                results.stream().map(Json::object).toList(),
                checkpoint,
                progress.percent(),
                info(),
                List.of());
    }

    /** The outcome of a run that never began. */
    synchronized HarnessRun refused(ProblemException why) {
        lines.clear();
        progress = Progress.NONE;
        move = null;
        return run(HarnessRun.Outcome.VALIDATION_FAILED, why);
    }

    @SuppressWarnings("unchecked") // a module's checkpoint is a JSON object
    private Map<String, Object> info() {
        return (Map<String, Object>) progress.info();
    }
}

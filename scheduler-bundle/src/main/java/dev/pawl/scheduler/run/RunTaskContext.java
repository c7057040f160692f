package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.ModuleData;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.files.DeclaredOutputs;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runtime as one task of one run sees it. */
final class RunTaskContext implements TaskContext, JobLog.TaskLog {

    private final Job job;
    private final int taskIndex;
    private final String module;
    private final ModuleMapper mapper;
    private final TaskValues values;
    private final TaskResources resources;
    private final DeclaredOutputs outputs;
    private final RunJournal journal;
    private final StopLadder ladder;
    private final Supplier<Duration> elapsed;

    private final TaskCheckpoint checkpoint;
    private volatile boolean cleaning;
    private volatile Progress progress = Progress.NONE;

    RunTaskContext(
            Job job,
            int taskIndex,
            ModuleMapper mapper,
            TaskValues values,
            TaskResources resources,
            DeclaredOutputs outputs,
            RunJournal journal,
            StopLadder ladder,
            Supplier<Duration> elapsed) {
        this.job = job;
        this.taskIndex = taskIndex;
        this.module = job.request().tasks().get(taskIndex).module();
        this.mapper = mapper;
        this.values = values;
        this.resources = resources;
        this.outputs = outputs;
        this.journal = journal;
        this.ladder = ladder;
        this.elapsed = elapsed;
        boolean resumed = taskIndex == job.state().taskIndex();
        this.checkpoint = new TaskCheckpoint(
                resumed ? job.state().checkpoint() : Map.of(),
                mapper,
                whole -> journal.checkpoint(taskIndex, whole, this::isLeaving));
    }

    @Override
    public String jobId() {
        return job.id().toString();
    }

    @Override
    public int taskIndex() {
        return taskIndex;
    }

    @Override
    public long epoch() {
        return job.state().epoch();
    }

    @Override
    public Instant startTime() {
        Instant started = job.state().startedAt();
        return started == null ? job.createdAt() : started;
    }

    @Override
    public Duration elapsed() {
        return elapsed.get();
    }

    @Override
    public <T> T inputs(Class<T> type) {
        return mapper.record(values.inputs(), type);
    }

    @Override
    public Map<String, Object> inputs() {
        return Collections.unmodifiableMap(values.inputs());
    }

    @Override
    public <T> T settings(Class<T> type) {
        return mapper.record(values.settings(), type);
    }

    @Override
    public Map<String, Object> settings() {
        return Collections.unmodifiableMap(values.settings());
    }

    @Override
    public void log(LogLevel level, String message) {
        requireGoingOn();
        if (!journal.line(taskIndex, Objects.requireNonNull(level, "level"), shown(message), this::isLeaving)) {
            throw journal.stale();
        }
        requireGoingOn(); // a stop may have come while the line waited for room
    }

    @Override
    public void logQuietly(LogLevel level, String message) {
        journal.line(taskIndex, level, shown(message), this::isLeaving);
    }

    @Override
    public void emit(Object result) {
        requireGoingOn();
        String json = mapper.object("The result", result, JsonLimits.MOST_BYTES);
        if (!journal.result(taskIndex, hidden(json), this::isLeaving)) {
            throw journal.stale();
        }
        requireGoingOn();
    }

    @Override
    public void checkpoint(Map<String, ?> changes) {
        requireOpen();
        checkpoint.merge(changes);
        EndCause cause = ladder.cause();
        if (cause != null && !cleaning) {
            throw leaving(cause);
        }
    }

    /** Replaces the checkpoint of another version by the migrated one; it is on disk when this returns. */
    void takeOver(Map<String, ?> whole) {
        checkpoint.replace(whole);
    }

    @Override
    public <T extends @Nullable Object> T checkpoint(String key, T otherwise) {
        return checkpoint.value(key, otherwise);
    }

    @Override
    public Map<String, Object> checkpoint() {
        return checkpoint.values();
    }

    @Override
    public void progress(double percent, Map<String, ?> info) {
        requireGoingOn();
        double shown = Double.isNaN(percent) ? 0 : Math.max(0, Math.min(100, percent));
        progress = new Progress(
                shown,
                Secrets.hidden(mapper.copy("The progress info", info, JsonLimits.MOST_INFO_BYTES), values.secrets()));
        journal.progress(taskIndex, progress);
    }

    /** Progress of the task, as it said last. */
    Progress progress() {
        return progress;
    }

    @Override
    public boolean isCancelled() {
        if (journal.isClosed()) {
            return true;
        }
        if (isLeaving()) {
            ladder.notice();
            return true;
        }
        return false;
    }

    @Override
    public void throwIfCancelled() {
        requireGoingOn();
    }

    @Override
    public ModuleData data() {
        return new StoredModuleData(
                resources.documents(), mapper, module, new RunId(job.id(), epoch()), this::requireGoingOn);
    }

    @Override
    public TaskFiles files() {
        return resources.fileRoots().of(module, outputs, taskIndex);
    }

    @Override
    public Path workDir() {
        requireOpen();
        return resources.workDirs().of(job.id(), epoch(), taskIndex);
    }

    @Override
    public boolean isFreshWorkDir() {
        workDir();
        return resources.workDirs().isFresh(job.id(), epoch(), taskIndex);
    }

    @Override
    public Map<String, Path> artifacts() {
        requireOpen();
        return resources.artifactFiles(job.id());
    }

    @Override
    public Optional<Duration> timeLeft() {
        return job.request().maxDuration().map(limit -> {
            Duration left = limit.minus(elapsed.get());
            return left.isNegative() ? Duration.ZERO : left;
        });
    }

    @Override
    public Optional<String> traceParent() {
        return resources.traces().place(job, taskIndex).map(TraceParent::toString);
    }

    @Override
    public String idempotencyKey(String step) {
        String name = job.id() + "/" + taskIndex + "/" + step;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Begins the cleanup: from here on the module may write, and is not asked to leave. */
    void cleaning() {
        cleaning = true;
    }

    private boolean isLeaving() {
        return !cleaning && ladder.isCancelled();
    }

    private void requireGoingOn() {
        requireOpen();
        EndCause cause = ladder.cause();
        if (cause != null && isLeaving()) {
            throw leaving(cause);
        }
    }

    private void requireOpen() {
        if (journal.isClosed()) {
            throw journal.stale();
        }
    }

    private TaskCancelledException leaving(EndCause cause) {
        ladder.notice();
        return new TaskCancelledException(cause.sentence());
    }

    /** A result without secrets; parsed only where it holds one, so that a number that looks like a secret stays a number. */
    private String hidden(String json) {
        return values.secrets().stream().noneMatch(json::contains)
                ? json
                : Json.text(Secrets.hidden(Json.object(json), values.secrets()));
    }

    @Override
    public String hide(String text) {
        return Secrets.hidden(text, values.secrets());
    }

    private String shown(String message) {
        return Secrets.shown(message, values.secrets(), TextLimit.LINE);
    }
}

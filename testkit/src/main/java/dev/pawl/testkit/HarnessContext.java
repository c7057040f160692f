package dev.pawl.testkit;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.ModuleData;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import dev.pawl.scheduler.run.LeftArtifacts;
import dev.pawl.scheduler.schema.InvalidValueException;
import dev.pawl.scheduler.schema.RecordSchema;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's task context, wrapped by a harness.
 *
 * @param declared whether the module's class declares its inputs; otherwise the record that it asks for is used as the schema
 */
record HarnessContext(TaskContext task, HarnessScript script, boolean declared) implements TaskContext {

    @Override
    public String jobId() {
        return task.jobId();
    }

    @Override
    public int taskIndex() {
        return task.taskIndex();
    }

    @Override
    public long epoch() {
        return task.epoch();
    }

    @Override
    public Instant startTime() {
        return task.startTime();
    }

    @Override
    public Duration elapsed() {
        return task.elapsed();
    }

    @Override
    public Optional<Duration> timeLeft() {
        return task.timeLeft();
    }

    @Override
    public <T> T inputs(Class<T> type) {
        return declared
                ? task.inputs(type)
                : record(script.job().inputs(), type, "an input", ProblemCode.INVALID_INPUT);
    }

    @Override
    public Map<String, Object> inputs() {
        return declared
                ? task.inputs()
                : Collections.unmodifiableMap(script.job().inputs());
    }

    @Override
    public <T> T settings(Class<T> type) {
        return declared
                ? task.settings(type)
                : record(script.job().settings(), type, "a setting", ProblemCode.INVALID_SETTING);
    }

    @Override
    public Map<String, Object> settings() {
        return declared
                ? task.settings()
                : Collections.unmodifiableMap(script.job().settings());
    }

    private <T> T record(Map<String, Object> values, Class<T> type, String kind, ProblemCode code) {
        try {
            return script.job().mapper().record(RecordSchema.of(type).convert(values, kind), type);
        } catch (InvalidValueException e) {
            throw new ProblemException(code, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void log(LogLevel level, String message) {
        script.live();
        task.log(level, message);
    }

    @Override
    public void emit(Object result) {
        script.live();
        task.emit(result);
        script.emitted();
    }

    @Override
    public void checkpoint(Map<String, ?> values) {
        script.live();
        script.saving();
        task.checkpoint(values);
        script.saved();
    }

    @Override
    public <T extends @Nullable Object> T checkpoint(String key, T otherwise) {
        return task.checkpoint(key, otherwise);
    }

    @Override
    public Map<String, Object> checkpoint() {
        return task.checkpoint();
    }

    @Override
    public void progress(double percent, Map<String, ?> info) {
        script.live();
        task.progress(percent, info);
    }

    @Override
    public boolean isCancelled() {
        return task.isCancelled();
    }

    @Override
    public void throwIfCancelled() {
        script.live();
        task.throwIfCancelled();
    }

    @Override
    public ModuleData data() {
        return task.data();
    }

    @Override
    public TaskFiles files() {
        return new HarnessFiles(task.files(), script.earlierOutputs());
    }

    @Override
    public Path workDir() {
        return script.workDir();
    }

    @Override
    public boolean isFreshWorkDir() {
        return script.isFreshWorkDir();
    }

    @Override
    public Map<String, Path> artifacts() {
        return LeftArtifacts.in(script.workDir());
    }

    @Override
    public String idempotencyKey(String step) {
        return task.idempotencyKey(step);
    }
}

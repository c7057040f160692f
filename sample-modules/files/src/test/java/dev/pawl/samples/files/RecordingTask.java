package dev.pawl.samples.files;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.ModuleData;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task that remembers what it was told. */
final class RecordingTask implements TaskContext {

    final List<String> lines = new ArrayList<>();
    final List<Object> results = new ArrayList<>();
    final List<Map<String, ?>> checkpoints = new ArrayList<>();
    final List<Double> percents = new ArrayList<>();
    volatile boolean cancelled;
    int dieBeforeCheckpoint = Integer.MAX_VALUE;
    int dieAfterCheckpoint = Integer.MAX_VALUE;

    /** The process ends here. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, Object> inputs;
    private final Map<String, Object> saved = new HashMap<>();

    RecordingTask(Map<String, Object> inputs) {
        this.inputs = inputs;
    }

    @Override
    public String jobId() {
        return "0b7c9a52-4a3f-4f0e-9d55-3c1f6f0a7a11";
    }

    @Override
    public int taskIndex() {
        return 0;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public Instant startTime() {
        return Instant.EPOCH;
    }

    @Override
    public Duration elapsed() {
        return Duration.ZERO;
    }

    @Override
    public <T> T inputs(Class<T> type) {
        throw new UnsupportedOperationException("The inputs are read by name.");
    }

    @Override
    public Map<String, Object> inputs() {
        return inputs;
    }

    @Override
    public <T> T settings(Class<T> type) {
        throw new UnsupportedOperationException("There are no settings.");
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of();
    }

    @Override
    public void log(LogLevel level, String message) {
        lines.add(message);
    }

    @Override
    public void emit(Object result) {
        results.add(result);
    }

    @Override
    public void checkpoint(Map<String, ?> values) {
        throwIfCancelled();
        if (checkpoints.size() + 1 == dieBeforeCheckpoint) {
            dieBeforeCheckpoint = Integer.MAX_VALUE;
            throw new Killed();
        }
        saved.putAll(values);
        checkpoints.add(Map.copyOf(values));
        if (checkpoints.size() == dieAfterCheckpoint) {
            throw new Killed();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a test reads what it wrote
    public <T extends @Nullable Object> T checkpoint(String key, T otherwise) {
        return (T) saved.getOrDefault(key, otherwise);
    }

    @Override
    public void progress(double percent, Map<String, ?> info) {
        percents.add(percent);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void throwIfCancelled() {
        if (cancelled) {
            throw new TaskCancelledException("The job was stopped.");
        }
    }

    @Override
    public ModuleData data() {
        throw new UnsupportedOperationException("There are no documents.");
    }

    @Override
    public Path workDir() {
        throw new UnsupportedOperationException("There is no work folder.");
    }

    @Override
    public String idempotencyKey(String step) {
        return jobId() + "/" + step;
    }
}

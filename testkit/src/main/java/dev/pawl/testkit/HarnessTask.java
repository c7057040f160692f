package dev.pawl.testkit;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.ModuleData;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a module sees in a {@link JobHarness}. Safe for many threads. */
final class HarnessTask implements TaskContext {

    /** The process seems to die: nothing of the module is to catch it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("The test harness ends the run here, as a killed process would.");
        }
    }

    private static final String JOB = "5f0c3c1e-6f6b-4b0e-9d9b-6a7a3b1c2d3e";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final long epoch;
    private final Object inputs;
    private final Object settings;
    private final HarnessData data;
    private final Supplier<Path> workDir;
    private final TaskFiles files;
    private final int pauseAt;
    private final int killAt;
    private final List<String> lines = new ArrayList<>();
    private final List<Map<String, Object>> results = new ArrayList<>();
    private Map<String, Object> saved;
    private Map<String, Object> info = Map.of();
    private double percent;
    private int checkpoints;
    private int finalResults;
    private boolean cancelled;

    HarnessTask(
            long epoch,
            Object inputs,
            Object settings,
            Map<String, Object> saved,
            HarnessData data,
            Supplier<Path> workDir,
            TaskFiles files,
            int pauseAt,
            int killAt) {
        this.epoch = epoch;
        this.inputs = inputs;
        this.settings = settings;
        this.saved = saved;
        this.data = data;
        this.workDir = workDir;
        this.files = files;
        this.pauseAt = pauseAt;
        this.killAt = killAt;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** What stays: all of them, or those that a checkpoint made final. */
    synchronized List<Map<String, Object>> results(boolean onlyFinal) {
        return List.copyOf(onlyFinal ? results.subList(0, finalResults) : results);
    }

    synchronized Map<String, Object> saved() {
        return saved;
    }

    synchronized double percent() {
        return percent;
    }

    synchronized Map<String, Object> info() {
        return info;
    }

    @Override
    public String jobId() {
        return JOB;
    }

    @Override
    public int taskIndex() {
        return 0;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Instant startTime() {
        return START;
    }

    @Override
    public Duration elapsed() {
        return Duration.ZERO;
    }

    @Override
    public <T> T inputs(Class<T> type) {
        return HarnessValues.to(inputs, type);
    }

    @Override
    public Map<String, Object> inputs() {
        return HarnessValues.object("The inputs", inputs);
    }

    @Override
    public <T> T settings(Class<T> type) {
        return HarnessValues.to(settings, type);
    }

    @Override
    public Map<String, Object> settings() {
        return HarnessValues.object("The settings", settings);
    }

    @Override
    public synchronized void log(LogLevel level, String message) {
        throwIfCancelled();
        lines.add(message);
    }

    @Override
    public synchronized void emit(Object result) {
        throwIfCancelled();
        results.add(HarnessValues.object("The result", result));
        if (results.size() >= killAt) {
            throw new Killed();
        }
    }

    @Override
    public synchronized void checkpoint(Map<String, ?> values) {
        throwIfCancelled();
        Map<String, Object> merged = new LinkedHashMap<>(saved);
        merged.putAll(HarnessValues.object("The checkpoint", values));
        saved = merged;
        finalResults = results.size();
        checkpoints++;
        cancelled = checkpoints >= pauseAt;
        throwIfCancelled();
    }

    @Override
    @SuppressWarnings("unchecked") // what was saved under a name is read as what it was
    public synchronized <T extends @Nullable Object> T checkpoint(String key, T otherwise) {
        Object value = saved.get(key);
        if (value == null || otherwise == null) {
            return value == null ? otherwise : (T) value;
        }
        return (T) HarnessValues.to(value, otherwise.getClass());
    }

    @Override
    public synchronized void progress(double shown, Map<String, ?> free) {
        throwIfCancelled();
        percent = Double.isNaN(shown) ? 0 : Math.max(0, Math.min(100, shown));
        info = HarnessValues.object("The progress info", free);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw new TaskCancelledException("The job pauses at this checkpoint.");
        }
    }

    @Override
    public ModuleData data() {
        return data;
    }

    @Override
    public TaskFiles files() {
        return files;
    }

    @Override
    public Path workDir() {
        return workDir.get();
    }

    @Override
    public String idempotencyKey(String step) {
        return UUID.nameUUIDFromBytes((JOB + "/0/" + step).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}

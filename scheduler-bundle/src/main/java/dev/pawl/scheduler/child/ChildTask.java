package dev.pawl.scheduler.child;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.ModuleData;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.service.data.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The runtime as a task sees it whose module runs in a JVM of its own; the first message says all that does not change. */
final class ChildTask implements TaskContext {

    private final Map<String, Object> start;
    private final ChildChannel channel;
    private final ModuleMapper mapper;
    private final long startedNanos = System.nanoTime();
    private final ReentrantLock saving = new ReentrantLock();
    private volatile Map<String, Object> saved;
    private volatile boolean cleaning;
    private volatile boolean parked;

    ChildTask(Map<String, Object> start, ChildChannel channel, ModuleMapper mapper) {
        this.start = start;
        this.channel = channel;
        this.mapper = mapper;
        this.saved = object("checkpoint");
    }

    @SuppressWarnings("unchecked") // an object as it was read has texts for names
    private Map<String, Object> object(String field) {
        return start.get(field) instanceof Map<?, ?> map
                ? Collections.unmodifiableMap((Map<String, Object>) map)
                : Map.of();
    }

    private String text(String field) {
        return String.valueOf(start.getOrDefault(field, ""));
    }

    private long number(String field) {
        return start.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** From here on the module is not asked to leave. */
    void cleaning() {
        cleaning = true;
    }

    /** Whether its end was asked for, so that an exception that says so is no failure. */
    boolean isLeaving() {
        return parked || isCancelled();
    }

    @Override
    public String jobId() {
        return text("job");
    }

    @Override
    public int taskIndex() {
        return (int) number("task");
    }

    @Override
    public long epoch() {
        return number("epoch");
    }

    @Override
    public Instant startTime() {
        return Instant.parse(text("started_at"));
    }

    @Override
    public Duration elapsed() {
        return Duration.ofMillis(number("elapsed_ms")).plusNanos(System.nanoTime() - startedNanos);
    }

    @Override
    public Optional<Duration> timeLeft() {
        return Optional.ofNullable(start.get("deadline_s"))
                .map(given -> Duration.ofSeconds(number("deadline_s")).minusNanos(System.nanoTime() - startedNanos))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    @Override
    public <T> T inputs(Class<T> type) {
        return mapper.record(object("inputs"), type);
    }

    @Override
    public Map<String, Object> inputs() {
        return object("inputs");
    }

    @Override
    public <T> T settings(Class<T> type) {
        return mapper.record(object("settings"), type);
    }

    @Override
    public Map<String, Object> settings() {
        return object("settings");
    }

    @Override
    public void log(LogLevel level, String message) {
        throwIfCancelled();
        line(Objects.requireNonNull(level, "level"), message);
    }

    /** Logs a line, also when the task is to end. */
    void line(LogLevel level, String message) {
        channel.send(Map.of("type", "log", "level", level.name(), "message", String.valueOf(message)));
    }

    @Override
    public void emit(Object result) {
        throwIfCancelled();
        channel.send("{\"type\":\"result\",\"data\":", mapper.object("The result", result, JsonLimits.MOST_BYTES));
    }

    @Override
    public void checkpoint(Map<String, ?> values) {
        saving.lock();
        try {
            Map<String, Object> merged = new LinkedHashMap<>(saved);
            merged.putAll(mapper.copy("The checkpoint", values, JsonLimits.MOST_BYTES));
            Map<String, Object> answer = channel.ask(Map.of("type", "checkpoint", "values", merged));
            saved = Collections.unmodifiableMap(merged);
            if (Boolean.TRUE.equals(answer.get("park"))) {
                parked = true;
                throw new TaskCancelledException("Another run goes on from this checkpoint.");
            }
        } finally {
            saving.unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> T checkpoint(String key, T otherwise) {
        Object value = saved.get(key);
        return value == null ? otherwise : mapper.likeOther(value, otherwise);
    }

    @Override
    public Map<String, Object> checkpoint() {
        return saved;
    }

    @Override
    public void progress(double percent, Map<String, ?> info) {
        throwIfCancelled();
        double shown = Double.isNaN(percent) ? 0 : Math.max(0, Math.min(100, percent));
        channel.send(
                "{\"type\":\"progress\",\"percent\":" + shown + ",\"info\":",
                mapper.object("The progress info", info, JsonLimits.MOST_INFO_BYTES));
    }

    @Override
    public boolean isCancelled() {
        return channel.isStopped() && !cleaning;
    }

    @Override
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw new TaskCancelledException("The task must end.");
        }
    }

    @Override
    public ModuleData data() {
        return new ChildData(channel, mapper);
    }

    @Override
    public TaskFiles files() {
        return new ChildFiles(channel);
    }

    @Override
    public Path workDir() {
        return Path.of(text("work_dir"));
    }

    @Override
    public boolean isFreshWorkDir() {
        return Boolean.TRUE.equals(start.get("fresh_work_dir"));
    }

    @Override
    public Map<String, Path> artifacts() {
        Map<String, Path> artifacts = new LinkedHashMap<>();
        if (channel.ask(Map.of("type", "ask", "about", "artifacts")).get("value") instanceof Map<?, ?> files) {
            files.forEach((name, file) -> artifacts.put(String.valueOf(name), Path.of(String.valueOf(file))));
        }
        return Collections.unmodifiableMap(artifacts);
    }

    @Override
    public Optional<String> traceParent() {
        return Optional.of(text("trace_parent")).filter(parent -> !parent.isEmpty());
    }

    @Override
    public String idempotencyKey(String step) { // that of RunTaskContext
        String name = jobId() + "/" + taskIndex() + "/" + step;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

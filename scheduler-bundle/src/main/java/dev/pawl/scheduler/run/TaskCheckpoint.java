package dev.pawl.scheduler.run;

import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.service.data.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values that a task has saved. Safe for many threads of its module. */
final class TaskCheckpoint {

    private final ModuleMapper mapper;
    private final Consumer<Map<String, Object>> store;
    private final ReentrantLock saving = new ReentrantLock(); // no monitor: a virtual thread waits in it
    private volatile Map<String, Object> saved;

    /**
     * Begins with the values of the run before.
     *
     * @param store puts all values on disk before it returns, or throws
     */
    TaskCheckpoint(Map<String, Object> saved, ModuleMapper mapper, Consumer<Map<String, Object>> store) {
        this.saved = saved;
        this.mapper = mapper;
        this.store = store;
    }

    /** Saves changed values beside the others. */
    void merge(Map<String, ?> changes) {
        saving.lock();
        try {
            save(saved, changes);
        } finally {
            saving.unlock();
        }
    }

    /** Saves values in the place of all others. */
    void replace(Map<String, ?> whole) {
        saving.lock();
        try {
            save(Map.of(), whole);
        } finally {
            saving.unlock();
        }
    }

    private void save(Map<String, Object> before, Map<String, ?> changes) {
        Map<String, Object> merged = new LinkedHashMap<>(before);
        merged.putAll(mapper.copy("The checkpoint", changes, JsonLimits.MOST_BYTES));
        int length = Json.text(merged).getBytes(StandardCharsets.UTF_8).length;
        if (length > JsonLimits.MOST_BYTES) {
            throw new IllegalArgumentException("The checkpoint would be " + length
                    + " bytes long as JSON; it takes at most " + JsonLimits.MOST_BYTES + ", all its values together.");
        }
        Map<String, Object> whole = Collections.unmodifiableMap(merged);
        store.accept(whole);
        saved = whole;
    }

    /**
     * A saved value in the type of the other one, which is returned when there is none.
     *
     * @throws UnreadableCheckpointException when it cannot be read as that type
     */
    <T extends @Nullable Object> T value(String key, T otherwise) {
        if (otherwise instanceof Class<?> type) {
            throw new IllegalArgumentException("task.checkpoint(\"" + key + "\", " + type.getSimpleName()
                    + ".class) names a class; it takes the value for a job that has not saved one, such as"
                    + " task.checkpoint(\"" + key + "\", 0), which also says the type.");
        }
        Object value = saved.get(key);
        try {
            return value == null ? otherwise : mapper.likeOther(value, otherwise);
        } catch (IllegalArgumentException e) {
            String type = otherwise == null
                    ? "what was asked for"
                    : otherwise.getClass().getSimpleName();
            throw new UnreadableCheckpointException(
                    "The checkpoint's value \"" + key + "\" cannot be read as " + type + ".", e);
        }
    }

    /** All of them. */
    Map<String, Object> values() {
        return Collections.unmodifiableMap(saved);
    }
}

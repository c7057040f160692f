package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mapping of a job: its own, or a document of the module. A job keeps the one that it began with, so that an interruption cannot
 * give it two.
 */
final class StoredMapping {

    private StoredMapping() {}

    /** Checks the mapping before the job starts. */
    static void check(TaskContext task, TransformInputs inputs) throws ValidationException {
        if (inputs.mapping() == null) {
            Mapping.of(inputs.inline());
            return;
        }
        if (!inputs.inline().isEmpty()) {
            throw new ValidationException("mapping is " + inputs.mapping()
                    + "; give it without where, types, rename, set, drop and select, which it stands for.");
        }
        if (kept(task).isEmpty()) {
            read(task, inputs.mapping());
        }
    }

    /** The mapping for a run. */
    static Mapping of(TaskContext task, TransformInputs inputs) throws ValidationException {
        if (inputs.mapping() == null) {
            return Mapping.of(inputs.inline());
        }
        Map<String, Object> kept = kept(task);
        if (!kept.isEmpty()) {
            return mapping(inputs.mapping(), kept);
        }
        Mapping mapping = read(task, inputs.mapping());
        task.checkpoint(Map.of("mapping", document(task, inputs.mapping())));
        return mapping;
    }

    private static Map<String, Object> kept(TaskContext task) {
        return task.checkpoint("mapping", Map.of());
    }

    private static Mapping read(TaskContext task, String name) throws ValidationException {
        return mapping(name, document(task, name));
    }

    private static Map<String, Object> document(TaskContext task, String name) throws ValidationException {
        Map<String, Object> document = new LinkedHashMap<>(task.data()
                .get(name)
                .orElseThrow(() -> new ValidationException("mapping is " + name
                        + ", and there is no such document; the module's data has "
                        + (task.data().names().isEmpty()
                                ? "none"
                                : String.join(", ", task.data().names())) + ".")));
        document.remove("name"); // as the HTTP API stores it
        return document;
    }

    private static Mapping mapping(String name, Map<String, Object> document) throws ValidationException {
        try {
            String json = Mappers.JSON.writeValueAsString(document);
            MappingSpec spec = Mappers.JSON
                    .readerFor(MappingSpec.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(json);
            return Mapping.of(spec);
        } catch (JsonMappingException e) {
            throw new ValidationException(
                    "The stored mapping " + name + " is wrong at "
                            + e.getPathReference().replaceAll("dev\\.[\\w.$]+", "") + ": " + Mappers.reason(e) + ".",
                    e);
        } catch (JsonProcessingException e) {
            throw new ValidationException(
                    "The stored mapping " + name + " cannot be read: " + Mappers.reason(e) + ".", e);
        } catch (ValidationException e) {
            throw new ValidationException("The stored mapping " + name + " is wrong: " + e.getMessage(), e);
        }
    }
}

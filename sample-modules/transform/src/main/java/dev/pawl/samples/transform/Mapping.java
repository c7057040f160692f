package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A filter and a mapping of records, in the order {@code where}, {@code types}, {@code rename}, {@code set}, {@code drop}, {@code select}. */
final class Mapping {

    private record Condition(FieldPath field, Comparison comparison, JsonNode value) {}

    private record Renaming(FieldPath from, String to) {}

    private record Typing(FieldPath field, FieldType type) {}

    private record Setting(String name, NewValue value) {}

    private final List<Condition> conditions = new ArrayList<>();
    private final List<Typing> types = new ArrayList<>();
    private final List<Renaming> renames = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private final List<FieldPath> dropped = new ArrayList<>();
    private final Map<String, FieldPath> selected = new LinkedHashMap<>();

    private Mapping() {}

    /**
     * Reads a mapping.
     *
     * @throws ValidationException names the entry that is wrong and what it accepts
     */
    static Mapping of(MappingSpec spec) throws ValidationException {
        Mapping mapping = new Mapping();
        List<MappingSpec.Where> where = spec.where() == null ? List.of() : spec.where();
        for (int n = 0; n < where.size(); n++) {
            mapping.conditions.add(condition("where[" + n + "]", where.get(n)));
        }
        for (var entry : entries(spec.types())) {
            mapping.types.add(typing(entry.getKey(), entry.getValue()));
        }
        for (var entry : entries(spec.rename())) {
            FieldPath from = FieldPath.of("rename", entry.getKey());
            mapping.renames.add(new Renaming(from, name("rename." + entry.getKey(), entry.getValue())));
        }
        for (var entry : entries(spec.set())) {
            String input = "set." + entry.getKey();
            JsonNode value = Mappers.JSON.valueToTree(entry.getValue());
            mapping.settings.add(new Setting(name(input, entry.getKey()), NewValue.of(input, value)));
        }
        for (String field : spec.drop() == null ? List.<String>of() : spec.drop()) {
            mapping.dropped.add(FieldPath.of("drop", field));
        }
        for (String field : spec.select() == null ? List.<String>of() : spec.select()) {
            FieldPath path = FieldPath.of("select", field);
            if (mapping.selected.putIfAbsent(path.name(), path) != null) {
                throw new ValidationException("select has two fields named " + path.name() + "; rename one of them.");
            }
        }
        return mapping;
    }

    private static Condition condition(String input, MappingSpec.Where where) throws ValidationException {
        Comparison comparison = Comparison.of(where.op())
                .orElseThrow(() -> new ValidationException(input + ".op is " + where.op() + "; it takes one of "
                        + Arrays.stream(Comparison.values())
                                .map(Comparison::word)
                                .collect(Collectors.joining(", "))
                        + "."));
        JsonNode value = Mappers.JSON.valueToTree(where.value());
        boolean list = comparison == Comparison.IN || comparison == Comparison.NOT_IN;
        if (list != value.isArray()) {
            throw new ValidationException(input + ".value is " + Shortened.of(value.toString()) + "; "
                    + comparison.word() + " takes " + (list ? "a list." : "one value."));
        }
        return new Condition(FieldPath.of(input + ".field", where.field()), comparison, value);
    }

    private static Typing typing(String field, String type) throws ValidationException {
        return new Typing(
                FieldPath.of("types", field),
                FieldType.of(type)
                        .orElseThrow(() -> new ValidationException(
                                "types." + field + " is " + type + "; it takes integer, number, boolean or text.")));
    }

    private static String name(String input, String text) throws ValidationException {
        if (text.isEmpty() || text.startsWith("/")) {
            throw new ValidationException(input + " is \"" + text
                    + "\"; it takes the plain name of a field, since new fields are not nested.");
        }
        return text;
    }

    private static <V> List<Map.Entry<String, V>> entries(@Nullable Map<String, V> map) {
        return map == null ? List.of() : List.copyOf(map.entrySet());
    }

    /** The names of the fields that all records will have, empty unless {@code select} says so. */
    List<String> selected() {
        return List.copyOf(selected.keySet());
    }

    /**
     * Maps a record, which is changed.
     *
     * @return the mapped record, or null when it does not meet the conditions
     */
    @Nullable
    ObjectNode apply(ObjectNode read) throws BadRecordException {
        ObjectNode object = read;
        for (Condition condition : conditions) {
            if (!condition.comparison().test(condition.field().in(object), condition.value())) {
                return null;
            }
        }
        for (Typing typing : types) {
            JsonNode value = typing.field().in(object);
            if (!value.isMissingNode()) {
                typing.field()
                        .replaceIn(object, typing.type().convert(typing.field().text(), value));
            }
        }
        if (!renames.isEmpty()) {
            object = renamed(object);
        }
        for (Setting setting : settings) {
            JsonNode value = setting.value().in(object);
            if (value != null) {
                object.set(setting.name(), value);
            }
        }
        for (FieldPath field : dropped) {
            field.removeFrom(object);
        }
        return selected.isEmpty() ? object : selection(object);
    }

    /** Gives fields their new names, in their places; a nested field comes last. */
    private ObjectNode renamed(ObjectNode object) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        List<Renaming> nested = new ArrayList<>(renames);
        object.properties().forEach(field -> {
            Renaming renaming = renaming(field.getKey());
            if (renaming != null) {
                nested.remove(renaming);
                result.set(renaming.to(), field.getValue());
            } else if (!result.has(field.getKey())) {
                result.set(field.getKey(), field.getValue());
            }
        });
        for (Renaming renaming : nested) {
            JsonNode value = renaming.from().removeFrom(result);
            if (!value.isMissingNode()) {
                result.set(renaming.to(), value);
            }
        }
        return result;
    }

    private @Nullable Renaming renaming(String name) {
        for (Renaming renaming : renames) {
            if (renaming.from().isPlain() && renaming.from().name().equals(name)) {
                return renaming;
            }
        }
        return null;
    }

    private ObjectNode selection(ObjectNode object) {
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        selected.forEach((name, path) -> {
            JsonNode value = path.in(object);
            if (!value.isMissingNode()) {
                chosen.set(name, value);
            }
        });
        return chosen;
    }
}

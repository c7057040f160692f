package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.catalog.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Schema of the inputs or the settings of a module, and the check of given values against it. Not modifiable. */
public final class ValueSchema {

    /** The schema without fields. */
    public static final ValueSchema NOTHING = new ValueSchema(List.of());

    private final List<FieldShape> fields;
    private final Schema schema;
    private final Map<String, Object> rules;
    private final List<String> secretNames;

    ValueSchema(List<FieldShape> fields) {
        this(fields, JsonSchemaText.of(fields), Map.of());
    }

    /** @param rules the JSON Schema that the module brings along; empty when the fields say everything */
    ValueSchema(List<FieldShape> fields, String json, Map<String, Object> rules) {
        this.rules = rules;
        this.fields = List.copyOf(fields);
        this.schema = new Schema(fields.stream().map(FieldShape::field).toList(), json);
        this.secretNames = fields.stream()
                .filter(field -> Secrets.isIn(field.shape()))
                .flatMap(field -> Stream.of(field.id(), field.component()))
                .distinct()
                .toList();
    }

    List<FieldShape> fields() {
        return fields;
    }

    /** The schema for adapters. */
    public Schema schema() {
        return schema;
    }

    /** Names, in both spellings, of the values that must never be shown. */
    public List<String> secretNames() {
        return secretNames;
    }

    /** Whether it has a field of that name, in either spelling. */
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.isNamed(name));
    }

    /**
     * The given values in their order, under their names on the wire and in their types, followed by the defaults of those not given.
     *
     * @param kind noun in the error for an unknown name, such as "an input of hello"
     * @throws InvalidValueException when a value is unknown, missing or not accepted
     */
    public Map<String, Object> convert(Map<String, ?> given, String kind) {
        Map<String, Object> converted = Conversion.fields("", fields, given, kind);
        SchemaRules.check("", rules, converted);
        return converted;
    }

    /**
     * Converts like {@link #convert}, without defaults and without requiring values: for values that others complete.
     *
     * @throws InvalidValueException when a value is unknown or not accepted
     */
    public Map<String, Object> convertSome(Map<String, ?> given, String kind) {
        Map<String, Object> converted = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            Conversion.known("", fields, name, kind);
            fields.stream()
                    .filter(field -> field.isNamed(name) && value != null)
                    .forEach(field -> {
                        converted.put(field.id(), Conversion.convert(field.id(), field.shape(), value));
                    });
        });
        SchemaRules.check("", rules, converted);
        return converted;
    }

    /**
     * Checks values that others complete, as far as that goes before these are known.
     *
     * @param later the names of the others, in either spelling
     * @throws InvalidValueException when a name is unknown, a value is not accepted, or a required one is in neither
     */
    public void checkSome(Map<String, ?> given, Set<String> later, String kind) {
        later.forEach(name -> Conversion.known("", fields, name, kind));
        Map<String, Object> plain = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            Conversion.known("", fields, name, kind);
            if (!later.contains(name) && value != null && !Json.text(value).contains("{{")) {
                plain.put(name, value);
            }
        });
        convertSome(plain, kind);
        for (FieldShape field : fields) {
            boolean isThere = field.otherwise() != null
                    || Stream.concat(given.keySet().stream(), later.stream()).anyMatch(field::isNamed);
            if (field.required() && !isThere) {
                throw new InvalidValueException(field.id() + " is missing, and no mapping brings it; it takes "
                        + field.shape().accepted() + ".");
            }
        }
    }

    /**
     * The values that texts written by people stand for, by name: JSON where a list or an object is taken. A value that is no text, or
     * has no field, stays as it is.
     *
     * @throws InvalidValueException when a text is no JSON where it has to be
     */
    public Map<String, Object> fromTexts(Map<String, ?> given) {
        Map<String, Object> values = new LinkedHashMap<>(given);
        for (FieldShape field : fields) {
            values.replaceAll((name, value) -> field.isNamed(name) && value instanceof String text
                    ? Conversion.fromText(field.id(), field.shape(), text)
                    : value);
        }
        return values;
    }

    /**
     * The part of configured values whose names the schema has: a list or an object is also taken as JSON text, since some tools can
     * configure texts alone.
     */
    public Map<String, Object> configured(Map<String, Object> values) {
        Map<String, Object> own = own(values);
        for (FieldShape field : fields) {
            own.computeIfPresent(
                    field.id(),
                    (name, value) ->
                            value instanceof String text ? Conversion.compositeOr(field.shape(), text) : value);
        }
        return own;
    }

    /** The part of the values whose names the schema has, under their names on the wire. */
    public Map<String, Object> own(Map<String, Object> values) {
        Map<String, Object> own = new LinkedHashMap<>();
        for (FieldShape field : fields) {
            Object value = values.containsKey(field.id()) ? values.get(field.id()) : values.get(field.component());
            if (value != null) {
                own.put(field.id(), value);
            }
        }
        return own;
    }

    /** Whether a name, in either spelling, is that of a field that only an admin may configure. */
    public boolean isAdminOnly(String name) {
        return fields.stream().anyMatch(field -> field.adminOnly() && field.isNamed(name));
    }

    /** The part of a job's values that override configured ones: {@link #own} without what only an admin may configure. */
    public Map<String, Object> overriding(Map<String, Object> values) {
        Map<String, Object> own = own(values);
        own.keySet().removeIf(this::isAdminOnly);
        return own;
    }

    /** The values with the defaults of those not given. */
    public Map<String, Object> withDefaults(Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (FieldShape field : fields) {
            Object value = values.get(field.id());
            if (value != null) {
                all.put(field.id(), value);
            } else if (field.otherwise() != null) {
                all.put(field.id(), field.otherwise());
            }
        }
        return all;
    }
}

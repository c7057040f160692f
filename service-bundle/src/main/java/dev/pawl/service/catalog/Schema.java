package dev.pawl.service.catalog;

import java.util.List;

/**
 * The schema of a module's inputs or settings.
 *
 * @param fields in the order of the record's components
 * @param json the same as a JSON Schema (draft 2020-12) in JSON text
 */
public record Schema(List<Field> fields, String json) {

    public Schema {
        fields = List.copyOf(fields);
    }
}

package dev.pawl.service.catalog;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One input or setting.
 *
 * @param id its name on the wire: the record component's in snake_case
 * @param type the type of its value
 * @param required whether it must be given
 * @param otherwise the default value; null when there is none
 * @param description a sentence for people; empty when the author gave none
 * @param min the least number, or the least length of a text; null when there is none
 * @param max the greatest number, or the greatest length of a text; null when there is none
 */
public record Field(
        String id,
        FieldType type,
        boolean required,
        @Nullable Object otherwise,
        String description,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max) {

    /** A field that must be given, whatever its value. */
    public static Field required(String id, FieldType type, String description) {
        return new Field(id, type, true, null, description, null, null);
    }
}

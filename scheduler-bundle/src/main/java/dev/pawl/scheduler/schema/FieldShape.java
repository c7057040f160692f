package dev.pawl.scheduler.schema;

import dev.pawl.service.catalog.Field;
import org.jspecify.annotations.Nullable;

/**
 * One named value of a module.
 *
 * @param id its name on the wire
 * @param component its name in the record, which is accepted as well
 * @param shape the values that it may have
 * @param required whether it must be given
 * @param otherwise the value taken when none is given, converted already; null when there is none
 * @param description in words
 * @param adminOnly whether only an admin may configure it, and no job override it
 */
public record FieldShape(
        String id,
        String component,
        ValueShape shape,
        boolean required,
        @Nullable Object otherwise,
        String description,
        boolean adminOnly) {

    /** Whether the field has the given name, in either spelling. */
    boolean isNamed(String name) {
        return id.equals(name) || component.equals(name);
    }

    /** The field for adapters; the default of a secret is not shown. */
    Field field() {
        Range range = range();
        Object shown = shape instanceof ValueShape.Hidden && otherwise != null ? Secrets.MASK : otherwise;
        return new Field(id, shape.type(), required, shown, description, range.min(), range.max());
    }

    private Range range() {
        if (shape instanceof ValueShape.Text text) {
            return text.range();
        }
        if (shape instanceof ValueShape.Hidden hidden) {
            return hidden.range();
        }
        if (shape instanceof ValueShape.Whole whole) {
            return whole.range();
        }
        return shape instanceof ValueShape.Decimal decimal ? decimal.range() : Range.ALL;
    }
}

package dev.pawl.scheduler.schema;

import dev.pawl.service.catalog.Field;
import org.jspecify.annotations.Nullable;

/**
 * One named value of a module.
 *
 * @param id its name on the wire
 * @param component its name in the record, accepted as another spelling
 * @param shape what it may be
 * @param required whether it must be given
 * @param otherwise the value taken when none is given, converted already; null when there is none
 * @param description for people
 */
public record FieldShape(
        String id,
        String component,
        ValueShape shape,
        boolean required,
        @Nullable Object otherwise,
        String description) {

    /** Whether it is the given spelling's field. */
    boolean isNamed(String name) {
        return id.equals(name) || component.equals(name);
    }

    /** The field as adapters see it; a secret's default is not shown. */
    Field field() {
        double[] bounds = bounds();
        Object shown = shape instanceof ValueShape.Hidden && otherwise != null ? Secrets.MASK : otherwise;
        return new Field(id, shape.type(), required, shown, description, finite(bounds[0]), finite(bounds[1]));
    }

    private double[] bounds() {
        if (shape instanceof ValueShape.Text text) {
            return new double[] {text.min(), text.max()};
        }
        if (shape instanceof ValueShape.Hidden hidden) {
            return new double[] {hidden.min(), hidden.max()};
        }
        if (shape instanceof ValueShape.Whole whole) {
            return new double[] {whole.min(), whole.max()};
        }
        if (shape instanceof ValueShape.Decimal decimal) {
            return new double[] {decimal.min(), decimal.max()};
        }
        return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    }

    private static @Nullable Double finite(double bound) {
        return Double.isInfinite(bound) ? null : bound;
    }
}

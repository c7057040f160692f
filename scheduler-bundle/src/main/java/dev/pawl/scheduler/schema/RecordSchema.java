package dev.pawl.scheduler.schema;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.Secret;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives a schema from the components of a record and their annotations. */
public final class RecordSchema {

    /** Depth from which on records inside records are taken as free JSON, since a record may hold itself. */
    private static final int DEEPEST = 8;

    private static final Set<Class<?>> TEXTS = Set.of(String.class, char.class, Character.class);

    private static final Range ONE = new Range(BigDecimal.ONE, BigDecimal.ONE);

    private RecordSchema() {}

    /**
     * The schema of a module's declared class.
     *
     * @throws IllegalArgumentException when it is no record, or an annotation does not fit its component
     */
    public static ValueSchema of(Class<?> type) {
        if (type.getName().equals(AutomationModule.NoFields.class.getName())) {
            return ValueSchema.NOTHING;
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is no record; inputs and settings are records.");
        }
        return new ValueSchema(fields(type, DEEPEST));
    }

    /** Whether values of a class are texts or numbers to a user, such as a {@code Duration}. */
    public static boolean isRead(Class<?> type) {
        return TEXTS.contains(type)
                || type == Boolean.class
                || Spelling.of(type).isPresent()
                || number(type, Range.ALL) != null;
    }

    private static List<FieldShape> fields(Class<?> type, int depth) {
        List<FieldShape> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(field(type, component, depth));
        }
        return fields;
    }

    private static FieldShape field(Class<?> type, RecordComponent component, int depth) {
        Annotations notes = new Annotations(type, component);
        ValueShape shape = shape(component.getGenericType(), notes, depth);
        Default otherwise = notes.get(Default.class);
        Description description = notes.get(Description.class);
        String id = SnakeCase.of(component.getName());
        return new FieldShape(
                id,
                component.getName(),
                shape,
                notes.get(Required.class) != null,
                otherwise == null ? null : defaultValue(type, id, shape, otherwise.value()),
                description == null ? "" : description.value(),
                notes.get(AdminOnly.class) != null);
    }

    private static Object defaultValue(Class<?> type, String id, ValueShape shape, String text) {
        try {
            return Conversion.convert(id, shape, Conversion.fromText(id, shape, text));
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(
                    "The @Default in " + type.getName() + " will not do: " + e.getMessage(), e);
        }
    }

    private static ValueShape shape(Type type, Annotations notes, int depth) {
        Class<?> raw = raw(type);
        Range range = notes.range();
        if (raw == null) {
            return new ValueShape.Free();
        }
        if (raw == Optional.class) {
            return shape(argument(type, 0), notes, depth);
        }
        Optional<Spelling> spelling = Spelling.of(raw);
        if (spelling.isPresent()) {
            return notes.get(Secret.class) == null
                    ? new ValueShape.Spelled(spelling.get())
                    : new ValueShape.Hidden(Range.ALL);
        }
        if (TEXTS.contains(raw)) {
            Range length = raw == String.class ? range : ONE;
            return notes.get(Secret.class) == null ? new ValueShape.Text(length) : new ValueShape.Hidden(length);
        }
        ValueShape number = number(raw, range);
        if (number != null) {
            return number;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return new ValueShape.Flag();
        }
        if (raw.isEnum()) {
            return new ValueShape.Choice(Arrays.stream(raw.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList());
        }
        return composite(type, raw, notes, depth);
    }

    private static ValueShape composite(Type type, Class<?> raw, Annotations notes, int depth) {
        if (depth == 0) {
            return new ValueShape.Free();
        }
        if (raw.isRecord()) {
            return new ValueShape.Fields(fields(raw, depth - 1));
        }
        if (raw.isArray()) {
            return new ValueShape.Many(shape(raw.getComponentType(), notes, depth - 1));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return new ValueShape.Many(shape(argument(type, 0), notes, depth - 1));
        }
        return Map.class.isAssignableFrom(raw)
                ? new ValueShape.Named(shape(argument(type, 1), notes, depth - 1))
                : new ValueShape.Free();
    }

    private static @Nullable ValueShape number(Class<?> raw, Range range) {
        if (raw == int.class || raw == Integer.class) {
            return new ValueShape.Whole(range, Integer.SIZE);
        }
        if (raw == short.class || raw == Short.class) {
            return new ValueShape.Whole(range, Short.SIZE);
        }
        if (raw == byte.class || raw == Byte.class) {
            return new ValueShape.Whole(range, Byte.SIZE);
        }
        if (raw == long.class || raw == Long.class) {
            return new ValueShape.Whole(range, Long.SIZE);
        }
        if (raw == BigInteger.class) {
            return new ValueShape.Whole(range, ValueShape.Whole.MOST_BITS);
        }
        if (raw == double.class || raw == Double.class) {
            return new ValueShape.Decimal(range, BigDecimal.valueOf(Double.MAX_VALUE));
        }
        if (raw == float.class || raw == Float.class) {
            return new ValueShape.Decimal(range, BigDecimal.valueOf(Float.MAX_VALUE));
        }
        return raw == BigDecimal.class || raw == Number.class
                ? new ValueShape.Decimal(range, ValueShape.Decimal.ANY)
                : null;
    }

    private static @Nullable Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> plain
                ? plain
                : null;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic && generic.getActualTypeArguments().length > index
                ? generic.getActualTypeArguments()[index]
                : Object.class;
    }

    /** The annotations of a component: on itself, its accessor, its field, or its parameter of the constructor. */
    private record Annotations(Class<?> type, RecordComponent component) {

        Range range() {
            try {
                return Range.of(get(Bounds.class));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        type.getName() + "." + component.getName() + ": " + e.getMessage(), e);
            }
        }

        <A extends Annotation> @Nullable A get(Class<A> wanted) {
            A onComponent = component.getAnnotation(wanted);
            A onAccessor =
                    onComponent != null ? onComponent : component.getAccessor().getAnnotation(wanted);
            return onAccessor != null ? onAccessor : onParameterOrField(wanted);
        }

        /** The annotations on members: compilers of other languages, such as Kotlin's, do not annotate record components. */
        private <A extends Annotation> @Nullable A onParameterOrField(Class<A> wanted) {
            RecordComponent[] all = type.getRecordComponents();
            int index =
                    Arrays.stream(all).map(RecordComponent::getName).toList().indexOf(component.getName());
            Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                A onField = type.getDeclaredField(component.getName()).getAnnotation(wanted);
                return onField != null
                        ? onField
                        : type.getDeclaredConstructor(types)
                                .getParameters()[index]
                                .getAnnotation(wanted);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(type.getName() + " is no sound record: " + e.getMessage(), e);
            }
        }
    }
}

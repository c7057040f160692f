package dev.pawl.store.postgres.engine;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column for a set of rows.
 *
 * @param type the name of the column's type
 * @param values the values, some of which may be null
 */
public record SqlArray(String type, List<? extends @Nullable Object> values) {

    /** Numbers. */
    public static SqlArray numbers(Collection<Long> numbers) {
        return new SqlArray("int8", List.copyOf(numbers));
    }

    /** Ids of jobs. */
    public static SqlArray ids(Collection<UUID> ids) {
        return new SqlArray("uuid", List.copyOf(ids));
    }

    /** Texts. */
    public static SqlArray texts(Collection<String> texts) {
        return new SqlArray("text", List.copyOf(texts));
    }

    /** The values as an array, of a type that the driver sends as bytes where it can: the database has to parse a text. */
    @Nullable
    Object[] kept() {
        return switch (type) {
            case "bytea" -> values.toArray(new byte[0][]);
            case "int8", "bigint" -> values.toArray(isAll(Long.class) ? new Long[0] : new Object[0]);
            case "int4", "integer" -> values.toArray(isAll(Integer.class) ? new Integer[0] : new Object[0]);
            case "text" -> texts();
            default -> values.toArray();
        };
    }

    private boolean isAll(Class<?> kind) {
        for (Object value : values) {
            if (value != null && !kind.isInstance(value)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object[] texts() {
        @Nullable String[] kept = new String[values.size()];
        for (int i = 0; i < kept.length; i++) {
            Object value = values.get(i);
            kept[i] = value == null ? null : PgText.kept(value.toString());
        }
        return kept;
    }
}

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

    @Nullable
    Object[] kept() {
        if (type.equals("bytea")) {
            return values.toArray(new byte[0][]); // by whose type the driver knows them
        }
        @Nullable Object[] kept = values.toArray();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] instanceof String text) {
                kept[i] = PgText.kept(text);
            }
        }
        return kept;
    }
}

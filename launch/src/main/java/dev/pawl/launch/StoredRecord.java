package dev.pawl.launch;

import org.jspecify.annotations.Nullable;

/** A record of a {@link RecordKind}: a value for each of its columns. Set by whoever makes it, before it is handed over. */
public final class StoredRecord {

    private final @Nullable Object[] values;

    /** A record of nulls. */
    public StoredRecord(int columns) {
        values = new Object[columns];
    }

    /** Sets the value of a column. */
    public void set(int column, @Nullable Object value) {
        values[column] = value;
    }

    /** The value of a column. */
    public @Nullable Object get(int column) {
        return values[column];
    }

    /** The number of columns. */
    public int size() {
        return values.length;
    }
}

package dev.pawl.launch;

import java.util.List;

/**
 * A kind of records that stores keep, whatever their tables are.
 *
 * @param name its name, in the plural
 * @param columns the values of a record, in order
 */
public record RecordKind(String name, List<Column> columns) {

    /** The types of values: {@link Long}, {@link Double}, {@link String}, {@link Boolean}, {@link java.util.UUID} and {@code byte[]}. */
    public enum Type {
        NUMBER,
        REAL,
        TEXT,
        FLAG,
        ID,
        BYTES
    }

    /** A value of a record, which may be null. */
    public record Column(String name, Type type) {}

    public RecordKind {
        columns = List.copyOf(columns);
    }
}

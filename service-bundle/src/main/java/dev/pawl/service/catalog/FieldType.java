package dev.pawl.service.catalog;

import java.util.Locale;

/** What an input or a setting holds. */
public enum FieldType {
    TEXT,
    NUMBER,
    INTEGER,
    BOOLEAN,
    JSON,
    SECRET;

    /** The word on the wire, such as {@code integer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

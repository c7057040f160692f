package dev.pawl.service.catalog;

import java.util.Locale;

/** The type of an input's or a setting's value. */
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

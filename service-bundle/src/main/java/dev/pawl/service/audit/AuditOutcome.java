package dev.pawl.service.audit;

import java.util.Locale;

/** The outcomes of a change, each of which is an entry of its own. */
public enum AuditOutcome {
    /** It was begun; another entry tells how it ended, unless the server ended before. */
    BEGUN,
    /** It took effect. */
    DONE,
    /** It was refused before anything was changed. */
    REFUSED,
    /** It was attempted and failed. */
    FAILED;

    /** The word on the wire, such as {@code done}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

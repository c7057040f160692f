package dev.pawl.launch;

import java.util.Locale;

/** The works of upkeep that need no running server. */
public enum UpkeepWork {
    /** Removes old jobs. */
    PURGE,
    /** Writes all that a server keeps into one file. */
    BACKUP,
    /** Says whether the store is sound. */
    CHECK,
    /** Puts a backup in place. */
    RESTORE;

    /** Its name in paths of the HTTP API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

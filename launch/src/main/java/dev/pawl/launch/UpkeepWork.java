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
    RESTORE,
    /** Says whether the audit log is as it was written. */
    VERIFY_AUDIT;

    /** Its address in the HTTP API. */
    public String address() {
        return this == VERIFY_AUDIT ? "/audit/verify" : "/store/" + wireName();
    }

    /** Whether it is a GET of the HTTP API. */
    public boolean onlyReads() {
        return this == VERIFY_AUDIT;
    }

    /** Its name in lower case. */
    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

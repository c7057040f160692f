package dev.pawl.store.postgres.job;

/** The tables of which one holds the row that says where a job stands. */
enum Place {
    /** It waits, and may start. */
    READY("ready"),
    /** It waits for a time, or for other jobs. */
    LATER("later"),
    /** It runs. */
    RUNS("runs"),
    /** It is completed, failed or stopped. */
    ENDED("ended"),
    /** It was removed, and has no row. */
    NONE("");

    private final String table;

    Place(String table) {
        this.table = table;
    }

    String table() {
        return table;
    }
}

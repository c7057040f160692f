package dev.pawl.it.torture;

import java.util.Random;

/**
 * A fault of a server in a cluster, or of their database. It is drawn from the seed and its number alone, so that a seed repeats the same faults.
 *
 * @param kind the fault
 * @param server the number of the server that it concerns
 * @param lastsMs how long it lasts, or how long the server stays away
 * @param afterMs the time before it
 */
record ClusterFault(Kind kind, int server, int lastsMs, int afterMs) {

    /** Longer than the lease of a server, and than the time in which others notice its end. */
    static final int BEYOND_THE_LEASE_MS = 20_000;

    private static final int SHORT_MS = 5_000;
    private static final int LONGEST_PAUSE_MS = 2_500;
    private static final int PERCENT_LONG = 45;

    /** The fault itself. */
    enum Kind {
        /** SIGKILL of a server. */
        KILL,
        /** SIGTERM of a server. */
        TERMINATE,
        /** SIGSTOP of a server, and SIGCONT. */
        FREEZE,
        /** SIGKILL of PostgreSQL, and a start on its data. */
        KILL_DATABASE,
        /** An update of the module that does the work. */
        UPDATE,
        /** SIGKILL of a server in the middle of such an update. */
        KILL_IN_UPDATE,
        /** All packets between a server and the database are dropped. */
        CUT,
        /** Those to the database are dropped. */
        CUT_TO_THE_DATABASE,
        /** Those to the server are dropped. */
        CUT_TO_THE_SERVER,
        /** Those of the one connection by which a server hears of the others. */
        CUT_THE_LISTENER;

        boolean needsNetwork() {
            return this == CUT || this == CUT_TO_THE_DATABASE || this == CUT_TO_THE_SERVER || this == CUT_THE_LISTENER;
        }
    }

    /** Draws the fault with that number; all kinds come in turn. */
    static ClusterFault draw(long seed, int number, int servers) {
        Random random = new Random(seed * 1_000_003 + number);
        random.nextLong(); // the first values of neighbouring seeds are similar
        int lastsMs = random.nextInt(100) < PERCENT_LONG
                ? BEYOND_THE_LEASE_MS + random.nextInt(SHORT_MS)
                : random.nextInt(SHORT_MS);
        return new ClusterFault(
                Kind.values()[number % Kind.values().length],
                random.nextInt(servers),
                lastsMs,
                500 + random.nextInt(LONGEST_PAUSE_MS));
    }

    /** Whether a lease may end meanwhile. */
    boolean isLong() {
        return lastsMs >= BEYOND_THE_LEASE_MS;
    }
}

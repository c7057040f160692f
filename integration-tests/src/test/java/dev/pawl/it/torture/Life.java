package dev.pawl.it.torture;

import java.util.Random;

/**
 * The plan of one life of the server: its faults and its end. It is drawn only from the seed and its number, so that a seed repeats the
 * same lives.
 *
 * @param death the way it ends
 * @param afterMs its duration: from the start of the process for a death at the start, otherwise from readiness
 * @param fault the fault during this life
 * @param faultMs the duration of the fault
 * @param mended whether the fault is over before the end
 * @param withoutCache whether the framework's cache is deleted before the start
 * @param loadSeed the seed of its load
 */
record Life(Death death, int afterMs, Fault fault, int faultMs, boolean mended, boolean withoutCache, long loadSeed) {

    /** The ways in which a life ends; all but {@link #POLITE} use SIGKILL. */
    enum Death {
        UNDER_LOAD,
        AT_START,
        IN_UPDATE,
        POLITE
    }

    /** The faults around the server. */
    enum Fault {
        NONE,
        FROZEN,
        FULL_DISK,
        FILE_LIMIT,
        SLOW_DISK
    }

    private static final int LATEST_AT_START_MS = 2_000;
    private static final int LATEST_MS = 1_000;
    private static final int LONGEST_FAULT_MS = 800;

    /** The minimum duration of a long life, in which leases can expire. */
    private static final int LEAST_LONG_MS = 7_000;

    private static final int LATEST_LONG_MS = 16_000;

    /** The duration of a freeze that is longer than any normal gap between the checks that the server makes. */
    static final int LONG_FREEZE_MS = 12_500;

    /** Draws the life with that number. */
    static Life draw(long seed, int number) {
        Random random = new Random(seed * 1_000_003 + number);
        random.nextLong(); // the first values of neighbouring seeds are similar
        Death death = death(random.nextInt(100));
        int afterMs = random.nextInt(death == Death.AT_START ? LATEST_AT_START_MS : LATEST_MS);
        Fault fault = fault(random.nextInt(100));
        int faultMs = 50 + random.nextInt(LONGEST_FAULT_MS);
        boolean mended = random.nextInt(100) < 60;
        boolean withoutCache = random.nextInt(100) < 3;
        long loadSeed = random.nextLong();
        if (random.nextInt(100) < 6 && death != Death.AT_START) {
            afterMs = LEAST_LONG_MS + random.nextInt(LATEST_LONG_MS - LEAST_LONG_MS);
            faultMs = fault == Fault.FROZEN ? LONG_FREEZE_MS : faultMs;
        }
        return new Life(
                death,
                afterMs,
                death == Death.AT_START && fault != Fault.SLOW_DISK ? Fault.NONE : fault,
                faultMs,
                mended,
                withoutCache,
                loadSeed);
    }

    private static Death death(int drawn) {
        if (drawn < 40) {
            return Death.AT_START;
        }
        if (drawn < 51) {
            return Death.IN_UPDATE;
        }
        return drawn < 55 ? Death.POLITE : Death.UNDER_LOAD;
    }

    private static Fault fault(int drawn) {
        if (drawn < 8) {
            return Fault.FROZEN;
        }
        if (drawn < 15) {
            return Fault.FULL_DISK;
        }
        if (drawn < 21) {
            return Fault.FILE_LIMIT;
        }
        return drawn < 27 ? Fault.SLOW_DISK : Fault.NONE;
    }
}

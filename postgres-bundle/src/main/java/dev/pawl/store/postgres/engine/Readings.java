package dev.pawl.store.postgres.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The times of the store at which a caller has read the clock of this process. One reading is one time, however often it is asked about: who takes what is due as
 * of a reading, and then asks what is due after it, misses nothing that becomes due in between. Safe for many threads.
 */
public final class Readings {

    /** The longest time between a reading and the question about it; a longer one is a clock that was set meanwhile. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final StoreClock store;
    private final InstantSource clock;
    private volatile @Nullable Known last;

    private record Known(Instant reading, Instant at, long ns) {

        boolean is(Instant other) {
            return reading.equals(other) && System.nanoTime() - ns < TimeUnit.MINUTES.toNanos(1);
        }
    }

    /**
     * Knows no reading yet.
     *
     * @param clock the clock that the caller reads
     */
    public Readings(StoreClock store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The time of the store at a reading of the caller's clock. */
    public Instant at(Session session, Instant reading) throws SQLException {
        Known known = last;
        if (known != null && known.is(reading)) {
            return known.at();
        }
        Instant present = clock.instant();
        Duration since = Duration.between(reading, present);
        boolean isSet = since.isNegative() || since.compareTo(LONGEST) > 0;
        Instant at = isSet
                ? store.asked(session, reading)
                : store.asked(session, present).minus(since);
        last = new Known(reading, at, System.nanoTime());
        return at;
    }
}

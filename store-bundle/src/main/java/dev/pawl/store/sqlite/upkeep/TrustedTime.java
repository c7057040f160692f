package dev.pawl.store.sqlite.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock's time, for what cannot be undone: a clock that jumps ahead while the server runs is believed only when it has stood by it
 * for a day. One that is set back is believed at once. Used by one thread.
 */
final class TrustedTime {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedTime.class);

    /** Summer time, an adjusted clock and a machine that slept for a while are no jump. */
    private static final Duration MOST_AHEAD = Duration.ofHours(2);

    private static final Duration PROBATION = Duration.ofDays(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private Instant believed;
    private long believedAt;
    private boolean doubting;
    private long doubtingSince;

    /** @param nanos a time that never jumps, {@link System#nanoTime} */
    TrustedTime(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        believed = clock.instant();
        believedAt = nanos.getAsLong();
    }

    Instant now() {
        long present = nanos.getAsLong();
        Instant expected = believed.plusNanos(present - believedAt);
        Instant said = clock.instant();
        if (Duration.between(expected, said).compareTo(MOST_AHEAD) <= 0) {
            doubting = false;
            return believe(said, present);
        }
        if (!doubting) {
            doubting = true;
            doubtingSince = present;
            LOG.warn("The clock went ahead from {} to {}; no job is removed by that time for a day.", expected, said);
        }
        if (present - doubtingSince < PROBATION.toNanos()) {
            return expected;
        }
        doubting = false;
        return believe(said, present);
    }

    private Instant believe(Instant said, long present) {
        believed = said;
        believedAt = present;
        return said;
    }
}

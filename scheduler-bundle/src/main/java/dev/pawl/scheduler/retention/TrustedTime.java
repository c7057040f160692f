package dev.pawl.scheduler.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock for irreversible actions: a jump ahead while the server runs is trusted only after the clock has kept it for a day. A clock that
 * is set back is trusted at once. Used by one thread.
 */
final class TrustedTime {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedTime.class);

    /** The size of a jump: larger than daylight saving, an adjustment of the clock and a short sleep of the machine. */
    private static final Duration MOST_AHEAD = Duration.ofHours(2);

    private static final Duration PROBATION = Duration.ofDays(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private Instant trusted;
    private long trustedAtNs;
    private boolean distrusted;
    private long distrustedSinceNs;

    /** @param nanos a monotonic clock, such as {@link System#nanoTime} */
    TrustedTime(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        trusted = clock.instant();
        trustedAtNs = nanos.getAsLong();
    }

    Instant now() {
        long present = nanos.getAsLong();
        Instant expected = trusted.plusNanos(present - trustedAtNs);
        Instant said = clock.instant();
        if (Duration.between(expected, said).compareTo(MOST_AHEAD) <= 0) {
            distrusted = false;
            return trust(said, present);
        }
        if (!distrusted) {
            distrusted = true;
            distrustedSinceNs = present;
            LOG.warn(
                    "The clock jumped ahead from {} to {}; for a day no job is removed on the basis of the new time.",
                    expected,
                    said);
        }
        if (present - distrustedSinceNs < PROBATION.toNanos()) {
            return expected;
        }
        distrusted = false;
        return trust(said, present);
    }

    private Instant trust(Instant said, long present) {
        trusted = said;
        trustedAtNs = present;
        return said;
    }
}

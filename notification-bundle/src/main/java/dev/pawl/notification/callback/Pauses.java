package dev.pawl.notification.callback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The pauses between the tries of a delivery: {@value #MOST_TRIES} tries, which take about a day in all. Safe for many threads. */
final class Pauses {

    /** The tries of a delivery. */
    static final int MOST_TRIES = 14;

    /** The longest time that a receiver may ask for. */
    static final Duration LONGEST_WISH = Duration.ofDays(1);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(8));

    /** The share by which a pause is longer at most, so that deliveries which failed together do not come together. */
    private static final double JITTER = 0.2;

    private final DoubleSupplier random;

    /** @param random gives numbers from 0 to 1 */
    Pauses(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * The pause after a try that failed; empty when it was the last.
     *
     * @param tries the number of tries so far, that one included
     * @param wish the time that the receiver asks for; null for none
     */
    Optional<Duration> after(int tries, @Nullable Duration wish) {
        if (tries >= MOST_TRIES) {
            return Optional.empty();
        }
        Duration own = PAUSES.get(Math.max(0, tries - 1));
        Duration least = own.plusMillis((long) (own.toMillis() * JITTER * random.getAsDouble()));
        if (wish == null || wish.compareTo(least) <= 0) {
            return Optional.of(least);
        }
        return Optional.of(wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
    }
}

package dev.pawl.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The pauses between the tries of a delivery, which take about a day in all. Safe for many threads. */
public final class Pauses {

    /** The tries of a callback. */
    public static final int MOST_TRIES = 14;

    /** The tries of a notification: behind it others wait, so that its pauses are a quarter of an hour at most. */
    public static final int MOST_OF_NOTIFICATION = 100;

    private static final int LONGEST_OF_NOTIFICATION = 7;

    /** The longest time that a receiver may ask for. */
    public static final Duration LONGEST_WISH = Duration.ofDays(1);

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

    private final List<Duration> pauses;
    private final int mostTries;
    private final DoubleSupplier random;

    private Pauses(List<Duration> pauses, int mostTries, DoubleSupplier random) {
        this.pauses = pauses;
        this.mostTries = mostTries;
        this.random = random;
    }

    /**
     * The pauses of callbacks.
     *
     * @param random gives numbers from 0 to 1
     */
    public static Pauses ofCallbacks(DoubleSupplier random) {
        return new Pauses(PAUSES, MOST_TRIES, random);
    }

    /**
     * The pauses of notifications.
     *
     * @param random gives numbers from 0 to 1
     */
    public static Pauses ofNotifications(DoubleSupplier random) {
        return new Pauses(PAUSES.subList(0, LONGEST_OF_NOTIFICATION), MOST_OF_NOTIFICATION, random);
    }

    /**
     * The pause after a try that failed; empty when it was the last.
     *
     * @param tries the number of tries so far, that one included
     * @param wish the time that the receiver asks for; null for none
     */
    public Optional<Duration> after(int tries, @Nullable Duration wish) {
        if (tries >= mostTries) {
            return Optional.empty();
        }
        Duration own = pauses.get(Math.max(0, Math.min(tries, pauses.size()) - 1));
        Duration least = own.plusMillis((long) (own.toMillis() * JITTER * random.getAsDouble()));
        if (wish == null || wish.compareTo(least) <= 0) {
            return Optional.of(least);
        }
        return Optional.of(wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
    }
}

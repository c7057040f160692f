package dev.pawl.store.kit.notification;

import dev.pawl.service.notification.NotificationRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time at which a message is due. */
public final class MessageTime {

    private MessageTime() {}

    /**
     * The time of a message that is opened: when others of its kind had time to come, and the quiet time after the one before is over.
     *
     * @param lastClosed when the last one of its kind was closed
     */
    public static Instant of(NotificationRule rule, Instant now, Optional<Instant> lastClosed) {
        Duration quiet = rule.quietFor();
        Instant grouped = now.plus(rule.groupFor());
        Instant latest = later(grouped, now.plus(quiet)); // also when the clock was set back
        return lastClosed
                .map(closed -> earlier(later(grouped, closed.plus(quiet)), latest))
                .orElse(grouped);
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

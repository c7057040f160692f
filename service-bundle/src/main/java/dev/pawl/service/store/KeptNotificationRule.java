package dev.pawl.service.store;

import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule for notifications as it is kept.
 *
 * @param rule the rule; its secrets are sealed
 * @param host the host and port of its receiver, by which places are shared out; empty for mails
 * @param revision the number of its changes so far; 0 for one that is not kept yet
 * @param changedAt the time of the last change by someone
 * @param last its last message; null when there was none
 */
public record KeptNotificationRule(
        NotificationRule rule,
        String host,
        long revision,
        Instant changedAt,
        @Nullable Notification last) {

    /** The name. */
    public String name() {
        return rule.name();
    }
}

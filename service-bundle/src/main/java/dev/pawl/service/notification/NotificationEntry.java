package dev.pawl.service.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is shown.
 *
 * @param rule the rule, its secrets masked
 * @param host the host and port of its receiver; empty for mails
 * @param changedAt the time of the last change by someone
 * @param last its last message; null when there was none
 */
public record NotificationEntry(
        NotificationRule rule,
        String host,
        Instant changedAt,
        @Nullable Notification last) {}

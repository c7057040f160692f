package dev.pawl.store.kit.notification;

import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.store.KeptNotificationRule;
import java.time.Instant;

/**
 * A rule with what only the store uses.
 *
 * @param n its number
 * @param kept the rule, without its last message
 * @param ranTo up to when runs whose time was over have been told
 * @param waitedTo the same for waits
 */
public record StoredRule(long n, KeptNotificationRule kept, Instant ranTo, Instant waitedTo) {

    /** The rule. */
    public NotificationRule rule() {
        return kept.rule();
    }

    /** Up to when the jobs of an outcome with a time have been told. */
    public Instant toldTo(NotificationEvent event) {
        return event == NotificationEvent.RUNNING_LONGER_THAN ? ranTo : waitedTo;
    }

    /** Up to when jobs have been told once the rule is another one: from the beginning when its time is. */
    public Instant keptTo(NotificationRule next, NotificationEvent event) {
        return rule().limit(event).equals(next.limit(event)) ? toldTo(event) : Instant.EPOCH;
    }
}

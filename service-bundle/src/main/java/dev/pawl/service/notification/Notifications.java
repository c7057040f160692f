package dev.pawl.service.notification;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rules by which people and programs are told of jobs, each message at least once. Safe for use by several threads. Every error is a {@link
 * dev.pawl.service.problem.ProblemException}, thrown or through the future.
 */
@ProviderType
public interface Notifications {

    /** Stands for a secret in an answer; given as a secret, it keeps the one of before. */
    String MASK = "********";

    /** The greatest number of rules, which the store keeps in memory. */
    int MOST_RULES = 200;

    /** The greatest number of rules, or of messages, on a page. */
    int MOST_ON_PAGE = 200;

    /** The rules after a name, in the order of names, at most {@code limit}; null stands before all. Their secrets are masked. */
    List<NotificationEntry> list(@Nullable String after, int limit);

    /** One rule, its secrets masked. */
    NotificationEntry get(String name);

    /** Makes a rule, or replaces the one of its name, whose messages stay; it is on disk when the future completes. */
    CompletionStage<NotificationEntry> put(NotificationRule rule);

    /** Removes a rule with its messages. */
    CompletionStage<Void> remove(String name);

    /**
     * Sends a message as the rule would, also when it is paused, by the way that all of its messages take; it is tried once.
     *
     * @return the message with its try; without one when that is not over within half a minute
     */
    CompletionStage<Notification> test(String name);

    /** The messages of a rule before a number, the latest first, at most {@code limit}. */
    List<Notification> deliveries(String name, long before, int limit);
}

package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the rules for notifications, and their messages. What a message tells of comes with the write that brings it about: the end of a job, or a
 * due time. It is added to the message of its rule and outcome that is still open, or opens one, which is due when the times of the rule allow it; a
 * message is closed when its first try begins. Those of a rule go one after the other: while one waits for another try, the open ones only grow.
 * Without rules no write of a job costs a statement. Threads, futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface NotificationStore {

    /** The messages of a rule that are kept beside those that wait; the oldest are forgotten first. */
    int MOST_MESSAGES = 100;

    /** The latest tries of a message that are kept. */
    int MOST_TRIES = 20;

    /** The jobs that are remembered as failing, of all rules; the oldest are forgotten first. */
    int MOST_FAILING = 10_000;

    /**
     * Attaches who sends messages; null for nobody. It is told after each commit that brings something to look at, with the time at which that is
     * due, and returns at once.
     */
    void attach(@Nullable Consumer<Instant> listener);

    /** One rule. */
    Optional<KeptNotificationRule> find(String name);

    /** The rules after a name, in the order of names, at most {@code limit}; an empty name stands before all. */
    List<KeptNotificationRule> list(String after, int limit);

    /** Whether there is a rule. */
    boolean hasRules();

    /**
     * Keeps a rule in place of the one of its name if that has the revision of this one; its messages stay. A rule whose times for running or waiting
     * jobs are others looks at all jobs anew. The change's entry, if someone requested it, is in that transaction too. Fails with {@code
     * TOO_MANY_NOTIFICATIONS}, and changes nothing, when there is no room for another rule.
     *
     * @return the rule as it is now; nothing is changed when there is another revision
     */
    CompletionStage<Put> put(KeptNotificationRule rule, @Nullable AuditedChange change);

    /** Deletes a rule with its messages, and the change's entry as above; says whether there was one. */
    CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change);

    /** Adds the message of a test, which is closed and due; empty when there is no such rule. */
    CompletionStage<Optional<Notification>> addTest(String rule, Instant at, @Nullable AuditedChange change);

    /**
     * Tells of the jobs that run or wait for longer than a rule says, each run and each wait once.
     *
     * @return the next time at which there may be one, as far as it is known; the listener is told of earlier ones that come up
     */
    CompletionStage<Optional<Instant>> tellLate(Instant now);

    /**
     * The messages that are due, in the order of their times.
     *
     * @param upTo the time
     * @param busy hosts to leave out
     * @param underWay numbers to leave out
     */
    List<DueNotification> due(Instant upTo, Set<String> busy, Set<Long> underWay, int limit);

    /** The first time after the given one at which a message is due. */
    Optional<Instant> nextDue(Instant after);

    /** Closes a due message, of which all tries then tell the same; empty when it is gone, has ended, or another one of its rule goes first. */
    CompletionStage<Optional<Notification>> close(DueNotification due, Instant at);

    /** Records a try; false when the message is gone, or no longer as it was when the try began. */
    CompletionStage<Boolean> tried(
            DueNotification due, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt);

    /** Makes those due that would wait for a clock that was set back; returns their number. */
    CompletionStage<Integer> hasten(Instant now);

    /** The messages of a rule before a number, the latest first, at most {@code limit}. */
    List<Notification> messages(String rule, long before, int limit);

    /**
     * The outcome of keeping a rule.
     *
     * @param isDone whether it is kept
     * @param present the rule of that name as it is now; null when there is none
     */
    record Put(boolean isDone, @Nullable KeptNotificationRule present) {}
}

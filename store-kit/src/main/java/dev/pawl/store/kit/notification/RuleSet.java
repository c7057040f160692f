package dev.pawl.store.kit.notification;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.notification.NotificationEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that tell of something, as the writer of a store knows them.
 *
 * @param rules those that are not paused
 */
public record RuleSet(List<StoredRule> rules) {

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** Those of all rules that tell of something. */
    public static RuleSet of(List<StoredRule> all) {
        return new RuleSet(all.stream().filter(row -> !row.rule().paused()).toList());
    }

    /** Whether one of them tells when a job completes after one has failed. */
    public boolean tellsOfRecovery() {
        return rules.stream().anyMatch(row -> row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING));
    }

    /**
     * Whether the end of a job may concern one of them.
     *
     * @param isAnyFailing whether the last job of any kind has failed
     */
    public boolean asksFor(JobStatus end, boolean isAnyFailing) {
        for (StoredRule row : rules) {
            boolean recovery = row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING);
            boolean asks =
                    switch (end) {
                        case FAILED -> recovery || row.rule().tellsOf(NotificationEvent.FAILED);
                        case COMPLETED -> recovery && isAnyFailing;
                        case PENDING, RUNNING, STOPPED -> false;
                    };
            if (asks) {
                return true;
            }
        }
        return false;
    }

    /** Those that are for jobs of a title and modules. */
    public List<StoredRule> of(String title, Set<String> modules) {
        return rules.stream().filter(row -> row.rule().isFor(title, modules)).toList();
    }

    /** The shortest time after which a job can be late; null when none can. */
    public @Nullable Duration shortest() {
        Duration shortest = null;
        for (StoredRule row : rules) {
            shortest = shorter(shortest, row.rule().runningLongerThan());
            shortest = shorter(shortest, row.rule().waitingLongerThan());
        }
        return shortest;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }
}

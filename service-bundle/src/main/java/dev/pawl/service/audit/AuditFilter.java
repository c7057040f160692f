package dev.pawl.service.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects entries, newest first.
 *
 * @param who only those of this name; all when null
 * @param action only this action, or those that begin with it and a dot; all when null
 * @param target only those of this target, or whose target begins with it; all when null
 * @param since only those of this time or later; all when null
 * @param before only those with a smaller number
 * @param limit the most entries, 1 to {@link #MOST}
 */
public record AuditFilter(
        @Nullable String who,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant since,
        long before,
        int limit) {

    /** The greatest limit. */
    public static final int MOST = 1_000;

    /** The newest entries of all kinds. */
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, Long.MAX_VALUE, MOST);

    public AuditFilter {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is " + limit + "; it takes 1 to " + MOST + ".");
        }
    }

    /** Whether it selects an entry, whatever its number. */
    public boolean selects(AuditEntry entry) {
        return (who == null || who.equals(entry.who()))
                && (action == null
                        || action.equals(entry.action())
                        || entry.action().startsWith(action + "."))
                && (target == null || entry.target().startsWith(target))
                && (since == null || !entry.at().isBefore(since));
    }

    /** A copy that selects those of a name. */
    public AuditFilter withWho(@Nullable String name) {
        return new AuditFilter(name, action, target, since, before, limit);
    }

    /** A copy that selects those of an action or a group of actions. */
    public AuditFilter withAction(@Nullable String kind) {
        return new AuditFilter(who, kind, target, since, before, limit);
    }

    /** A copy that selects those of a target. */
    public AuditFilter withTarget(@Nullable String beginning) {
        return new AuditFilter(who, action, beginning, since, before, limit);
    }

    /** A copy that selects those of a time or later. */
    public AuditFilter withSince(@Nullable Instant time) {
        return new AuditFilter(who, action, target, time, before, limit);
    }

    /** A copy that goes on after an earlier page. */
    public AuditFilter withBefore(long number) {
        return new AuditFilter(who, action, target, since, number, limit);
    }

    /** A copy with another limit. */
    public AuditFilter withLimit(int most) {
        return new AuditFilter(who, action, target, since, before, most);
    }
}

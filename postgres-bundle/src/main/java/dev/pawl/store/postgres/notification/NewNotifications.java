package dev.pawl.store.postgres.notification;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.notification.JobKind;
import dev.pawl.store.kit.notification.MessageTime;
import dev.pawl.store.kit.notification.Occurrences;
import dev.pawl.store.kit.notification.RuleSet;
import dev.pawl.store.kit.notification.ScheduledJob;
import dev.pawl.store.kit.notification.StoredRule;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to notifications in the transactions that bring about what they tell of, and tells the listener after the commit. The rules are kept in
 * memory, and read anew when the beginning of a transaction finds that a server has changed them: a job that none is for costs no statement. Ends
 * are collected and written when the transaction ends, under the lock of {@link MessageRows}, so that the transactions of other servers wait no
 * longer than for its flush. Used by the writer's thread, but for {@link #attach}, {@link #watched} and {@link #lookForOverdue}.
 */
public final class NewNotifications {

    /** The columns that {@link #begun} takes, as SQL with one value: {@link #asksForFailing}. */
    public static final String STATE =
            RuleRows.CHANGES + ", CASE WHEN ?::boolean THEN " + FailingJobs.IS_ANY + " ELSE false END";

    private static final Logger LOG = LoggerFactory.getLogger(NewNotifications.class);
    private static final long UNKNOWN = -1;
    private static final String SCHEDULED =
            "SELECT r.job FROM schedule_requests r JOIN schedules s ON s.n = r.schedule WHERE s.name = ?";

    /** The time after which a message that nobody tries is taken for left behind. */
    private static final Duration OVERDUE = Duration.ofSeconds(5);

    private final long owner;
    private volatile @Nullable Consumer<Duration> listener;

    /** Whether the listener knows a time at which it looks for late jobs, so that each commit need not tell one. */
    private volatile boolean isWatched;

    private @Nullable RuleSet known;
    private long changes = UNKNOWN; // the number of changes of rules up to which they are known
    private boolean isAnyFailing;
    private final List<End> ends = new ArrayList<>(); // of this transaction
    private final List<Missed> missed = new ArrayList<>();
    private @Nullable Instant due;

    /** The end of a job that a rule is for. */
    private record End(StoredRule row, JobStatus status, FailingJobs.Key key, Occurrence told) {

        boolean isRecovery() {
            return row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING);
        }
    }

    /** Due times that got no job, of which a rule tells. */
    private record Missed(StoredRule row, Occurrences told) {}

    private record Kind(StoredRule row, NotificationEvent event) {}

    /**
     * Knows no rule yet.
     *
     * @param owner the number of this process
     */
    public NewNotifications(long owner) {
        this.owner = owner;
    }

    /**
     * Attaches who sends messages; null for nobody. Safe for many threads.
     *
     * @param sender is told how long it is until there is something to look at, which may be over already
     */
    public void attach(@Nullable Consumer<Duration> sender) {
        listener = sender;
        isWatched = false;
    }

    /** Notes that the listener looks for late jobs now: of those that come up from here on it is told. Safe for many threads. */
    public void watched() {
        isWatched = false;
    }

    /** Tells the listener when messages are due that nobody tries, such as those of a server that is gone. Safe for many threads. */
    public void lookForOverdue(Session session) throws SQLException {
        Consumer<Duration> told = listener;
        if (told != null && MessageRows.isOverdue(session, owner, OVERDUE)) {
            tell(told, Duration.ZERO);
        }
    }

    /** Whether a transaction needs to know if any job is failing. */
    public boolean asksForFailing() {
        RuleSet rules = known;
        return rules != null && rules.tellsOfRecovery();
    }

    /**
     * A transaction has begun.
     *
     * @param changed the number of changes of rules
     * @param anyFailing whether any job is failing, if that was asked for
     */
    public void begun(long changed, boolean anyFailing) {
        if (changed != changes) {
            known = null;
            changes = changed;
            isWatched = false;
        }
        isAnyFailing = anyFailing;
    }

    /** The rules that tell of something. */
    private RuleSet rules(Session session) throws SQLException {
        RuleSet ready = known;
        if (ready == null) {
            ready = RuleSet.of(RuleRows.all(session));
            known = ready;
            isAnyFailing = ready.tellsOfRecovery() && session.number("SELECT " + FailingJobs.IS_ANY + "::int") != 0;
        }
        return ready;
    }

    /** Whether the end of a job may concern a rule. */
    public boolean asksFor(Session session, JobStatus status) throws SQLException {
        return status != JobStatus.STOPPED && rules(session).asksFor(status, isAnyFailing);
    }

    /** A job has ended in a way that {@link #asksFor} says yes to. */
    public void ended(
            Session session,
            UUID job,
            String title,
            String moduleKey,
            JobStatus status,
            Instant at,
            @Nullable Failure failure)
            throws SQLException {
        byte[] kind = JobKind.of(title, moduleKey);
        Occurrence end = Occurrences.end(job, title, moduleKey, at, failure);
        for (StoredRule row : rules(session).of(title, ModuleKey.modules(moduleKey))) {
            ends.add(new End(row, status, FailingJobs.Key.of(row.n(), kind), end));
        }
        isAnyFailing |= status == JobStatus.FAILED; // for the next one in this transaction
    }

    /**
     * A due time of a schedule was recorded.
     *
     * @param outcome what it came to; null when it has its job
     */
    public void fired(Session session, DueFire fire, @Nullable FireOutcome outcome) throws SQLException {
        DueFire.Skipped skipped = fire.skipped();
        boolean isMissed = outcome == FireOutcome.SKIPPED_MISSED || outcome == FireOutcome.FAILED;
        if (skipped == null && !isMissed) {
            return;
        }
        for (StoredRule row : rules(session).rules()) {
            if (row.rule().tellsOf(NotificationEvent.MISSED)) {
                ScheduledJob job = session.first(
                                SCHEDULED,
                                found -> ScheduledJob.of(fire.schedule(), Session.presentText(found, 1)),
                                fire.schedule())
                        .orElseThrow();
                if (skipped != null && job.isOf(row.rule())) {
                    missed.add(new Missed(row, job.missed(skipped.lastDueAt(), skipped.detail())));
                }
                if (isMissed && job.isOf(row.rule())) {
                    missed.add(new Missed(row, job.missed(fire.dueAt(), fire.detail())));
                }
            }
        }
    }

    /** Adds to the open message of a rule and outcome, or opens one. The lock of {@link MessageRows} is held. */
    void add(Session session, StoredRule row, NotificationEvent event, Occurrences told, Instant now)
            throws SQLException {
        OpenMessages.add(session, row, event, told, now).ifPresent(this::due);
    }

    /** Notes that this transaction makes something due. */
    public void due(Instant at) {
        Instant before = due;
        due = before == null ? at : MessageTime.earlier(before, at);
    }

    /** Rules have changed in this transaction. */
    public void changed() {
        known = null;
        changes = UNKNOWN;
        isWatched = false;
    }

    /** Writes what the ends of this transaction tell. Reads the rules when someone listens, so that it is known whether jobs are to be watched. */
    public void ending(Session session, Instant now) throws SQLException {
        if (listener != null) {
            rules(session);
        }
        if (!ends.isEmpty() || !missed.isEmpty()) {
            tell(session, now);
            ends.clear();
            missed.clear();
        }
    }

    private void tell(Session session, Instant now) throws SQLException {
        Set<FailingJobs.Key> keys = new LinkedHashSet<>();
        ends.stream().filter(End::isRecovery).forEach(end -> keys.add(end.key()));
        boolean isSure = !missed.isEmpty() || ends.stream().anyMatch(end -> end.status() == JobStatus.FAILED);
        if (!isSure && FailingJobs.find(session, keys).isEmpty()) {
            return;
        }
        MessageRows.lock(session);
        FailingJobs failing = FailingJobs.find(session, keys);
        Map<Kind, Occurrences> messages = new LinkedHashMap<>();
        for (End end : ends) {
            count(end, failing, messages);
        }
        for (Missed one : missed) {
            messages.merge(new Kind(one.row(), NotificationEvent.MISSED), one.told(), Occurrences::and);
        }
        failing.write(session);
        for (Map.Entry<Kind, Occurrences> message : messages.entrySet()) {
            Kind kind = message.getKey();
            add(session, kind.row(), kind.event(), message.getValue(), now);
        }
    }

    private static void count(End end, FailingJobs failing, Map<Kind, Occurrences> messages) {
        Occurrence told = end.told();
        if (end.status() == JobStatus.FAILED) {
            if (end.isRecovery()) {
                failing.failed(end.key(), told.at());
            }
            if (end.row().rule().tellsOf(NotificationEvent.FAILED)) {
                add(messages, new Kind(end.row(), NotificationEvent.FAILED), told);
            }
        } else if (end.isRecovery()) {
            JobKind.Streak streak = failing.completed(end.key());
            if (streak != null) {
                Kind kind = new Kind(end.row(), NotificationEvent.COMPLETED_AFTER_FAILING);
                add(messages, kind, Occurrences.recovered(told, streak));
            }
        }
    }

    private static void add(Map<Kind, Occurrences> messages, Kind kind, Occurrence told) {
        messages.merge(kind, Occurrences.of(told), Occurrences::and);
    }

    /** The transaction is on disk; returns what tells the listener; null when there is nothing to tell. */
    public @Nullable Runnable committed(Instant now) {
        Consumer<Duration> told = listener;
        Instant at = due;
        due = null;
        if (told != null && !isWatched) {
            Duration shortest = known == null ? null : known.shortest();
            isWatched = true;
            if (shortest != null) {
                Instant late = now.plus(shortest);
                at = at == null ? late : MessageTime.earlier(at, late);
            }
        }
        if (told == null || at == null) {
            return null;
        }
        Duration wait = Duration.between(now, at);
        return () -> tell(told, wait);
    }

    private static void tell(Consumer<Duration> told, Duration wait) {
        try {
            told.accept(wait);
        } catch (RuntimeException e) { // the futures of others complete all the same
            LOG.error("The listener for notifications failed; this is a bug.", e);
        }
    }

    /** The rules may be others than this knows, or the transaction has changed nothing. */
    public void forget() {
        known = null;
        changes = UNKNOWN;
        ends.clear();
        missed.clear();
        due = null;
    }
}

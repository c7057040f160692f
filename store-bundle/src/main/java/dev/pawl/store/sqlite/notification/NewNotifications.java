package dev.pawl.store.sqlite.notification;

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
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to notifications in the transactions that bring about what they tell of, and tells the listener after the commit. The rules are kept in
 * memory: a job costs nothing here while there are none. Used by the writer's thread, but for {@link #attach} and {@link #watched}.
 */
public final class NewNotifications {

    private static final Logger LOG = LoggerFactory.getLogger(NewNotifications.class);

    private static final String JOB = """
            SELECT id, module_key, json_extract(coalesce(request, (SELECT r.body FROM requests r WHERE r.job = seq)), '$.title') \
            FROM jobs WHERE seq = ?\
            """;
    private static final String SCHEDULED =
            "SELECT r.job FROM schedule_requests r JOIN schedules s ON s.n = r.schedule WHERE s.name = ?";

    private final FailingJobs failing = new FailingJobs();

    private volatile @Nullable Consumer<Instant> listener;

    /** Whether the listener knows a time at which it looks for late jobs, so that each commit need not tell one. */
    private volatile boolean isWatched;

    private @Nullable RuleSet known;
    private @Nullable Instant due;

    /** The columns of a job that a notification needs. */
    private record JobFacts(UUID id, String moduleKey, String title) {}

    /** Attaches who sends messages; null for nobody. Safe for many threads. */
    public void attach(@Nullable Consumer<Instant> sender) {
        listener = sender;
        isWatched = false;
    }

    /** Notes that the listener looks for late jobs now: of those that come up from here on it is told. Safe for many threads. */
    public void watched() {
        isWatched = false;
    }

    /** The rules that tell of something. */
    private RuleSet rules(Session session) throws SQLException {
        RuleSet ready = known;
        if (ready == null) {
            ready = RuleSet.of(RuleRows.all(session));
            known = ready;
            failing.load(session, ready);
        }
        return ready;
    }

    /** A job has ended. */
    public void ended(Session session, long job, JobStatus status, Instant at, @Nullable Failure failure)
            throws SQLException {
        if (status == JobStatus.STOPPED || !rules(session).asksFor(status, failing.isAny())) {
            return;
        }
        JobFacts facts = session.first(
                        JOB, row -> new JobFacts(JobIds.uuid(row.getBytes(1)), row.getString(2), row.getString(3)), job)
                .orElseThrow();
        byte[] kind = JobKind.of(facts.title(), facts.moduleKey());
        Occurrence end = Occurrences.end(facts.id(), facts.title(), facts.moduleKey(), at, failure);
        for (StoredRule row : rules(session).of(facts.title(), ModuleKey.modules(facts.moduleKey()))) {
            ended(session, row, status, kind, end);
        }
    }

    private void ended(Session session, StoredRule row, JobStatus status, byte[] kind, Occurrence end)
            throws SQLException {
        boolean tellsOfRecovery = row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING);
        if (status == JobStatus.FAILED) {
            if (tellsOfRecovery) {
                failing.failed(session, row.n(), kind, end.at());
            }
            if (row.rule().tellsOf(NotificationEvent.FAILED)) {
                add(session, row, NotificationEvent.FAILED, Occurrences.of(end), end.at());
            }
        } else if (tellsOfRecovery) {
            JobKind.Streak streak = failing.completed(session, row.n(), kind).orElse(null);
            if (streak != null) {
                Occurrences told = Occurrences.of(Occurrences.recovered(end, streak));
                add(session, row, NotificationEvent.COMPLETED_AFTER_FAILING, told, end.at());
            }
        }
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
                if (skipped != null) {
                    missed(session, row, fire, skipped.lastDueAt(), skipped.detail());
                }
                if (isMissed) {
                    missed(session, row, fire, fire.dueAt(), fire.detail());
                }
            }
        }
    }

    private void missed(Session session, StoredRule row, DueFire fire, Instant dueAt, String detail)
            throws SQLException {
        String request = session.first(SCHEDULED, found -> found.getString(1), fire.schedule())
                .orElse("{}");
        ScheduledJob job = ScheduledJob.of(fire.schedule(), request);
        if (job.isOf(row.rule())) {
            add(session, row, NotificationEvent.MISSED, job.missed(dueAt, detail), fire.firedAt());
        }
    }

    /** Adds to the open message of a rule and outcome, or opens one. */
    void add(Session session, StoredRule row, NotificationEvent event, Occurrences told, Instant now)
            throws SQLException {
        MessageRows.Open open = MessageRows.open(session, row.n(), event).orElse(null);
        if (open != null) {
            MessageRows.grow(session, open, told);
            return;
        }
        Instant dueAt = dueAt(session, row, event, now);
        MessageRows.add(session, row.n(), event, told, now, dueAt);
        due(dueAt);
    }

    private static Instant dueAt(Session session, StoredRule row, NotificationEvent event, Instant now)
            throws SQLException {
        Instant dueAt = MessageTime.of(row.rule(), now, MessageRows.lastClosed(session, row.n(), event));
        if (event == NotificationEvent.COMPLETED_AFTER_FAILING) { // not before the failure is told
            Instant failure = MessageRows.openDue(session, row.n(), NotificationEvent.FAILED)
                    .orElse(dueAt);
            return MessageTime.later(dueAt, failure);
        }
        return dueAt;
    }

    /** Notes that this transaction makes something due. */
    public void due(Instant at) {
        Instant before = due;
        due = before == null || at.isBefore(before) ? at : before;
    }

    /** Rules have changed in this transaction. */
    public void changed() {
        known = null;
        isWatched = false;
    }

    /** Reads the rules when someone listens, so that it is known whether jobs are to be watched. */
    public void ending(Session session) throws SQLException {
        if (listener != null) {
            rules(session);
        }
    }

    /** The transaction is on disk; returns what tells the listener; null when there is nothing to tell. */
    public @Nullable Runnable committed(Instant now) {
        Consumer<Instant> told = listener;
        Instant at = due;
        due = null;
        if (told != null && !isWatched) {
            Duration shortest = known == null ? null : known.shortest();
            isWatched = true;
            Instant late = shortest == null ? Instant.MAX : now.plus(shortest);
            at = shortest == null || (at != null && at.isBefore(late)) ? at : late;
        }
        Instant first = at;
        if (told == null || first == null) {
            return null;
        }
        return () -> {
            try {
                told.accept(first);
            } catch (RuntimeException e) { // the futures of others complete all the same
                LOG.error("The listener for notifications failed; this is a bug.", e);
            }
        };
    }

    /** The rows may be others than this knows, or the transaction has changed nothing. */
    public void forget() {
        known = null;
        due = null;
        failing.forget();
    }
}

package dev.pawl.store.sqlite.notification;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private @Nullable List<RuleRows.Row> known;
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
    List<RuleRows.Row> rules(Session session) throws SQLException {
        List<RuleRows.Row> ready = known;
        if (ready == null) {
            ready = RuleRows.all(session).stream()
                    .filter(row -> !row.rule().paused())
                    .toList();
            known = ready;
            failing.load(session, ready);
        }
        return ready;
    }

    /** A job has ended. */
    public void ended(Session session, long job, JobStatus status, Instant at, @Nullable Failure failure)
            throws SQLException {
        if (status == JobStatus.STOPPED || !isOfInterest(rules(session), status)) {
            return;
        }
        JobFacts facts = session.first(
                        JOB, row -> new JobFacts(JobIds.uuid(row.getBytes(1)), row.getString(2), row.getString(3)), job)
                .orElseThrow();
        Set<String> modules = ModuleKey.modules(facts.moduleKey());
        byte[] kind = FailingJobs.kind(facts.title(), facts.moduleKey());
        for (RuleRows.Row row : rules(session)) {
            if (row.rule().isFor(facts.title(), modules)) {
                String error = failure == null ? "" : firstLine(failure.message());
                ended(session, row, status, kind, occurrence(facts, modules, at, error));
            }
        }
    }

    private boolean isOfInterest(List<RuleRows.Row> rules, JobStatus status) {
        boolean isFailed = status == JobStatus.FAILED;
        for (RuleRows.Row row : rules) {
            boolean tellsOfRecovery = row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING);
            if (isFailed
                    ? tellsOfRecovery || row.rule().tellsOf(NotificationEvent.FAILED)
                    : tellsOfRecovery && failing.isAny()) {
                return true;
            }
        }
        return false;
    }

    private void ended(Session session, RuleRows.Row row, JobStatus status, byte[] kind, Occurrence job)
            throws SQLException {
        boolean tellsOfRecovery = row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING);
        if (status == JobStatus.FAILED) {
            if (tellsOfRecovery) {
                failing.failed(session, row.n(), kind, job.at());
            }
            if (row.rule().tellsOf(NotificationEvent.FAILED)) {
                add(session, row, NotificationEvent.FAILED, Occurrences.of(job), job.at());
            }
        } else if (tellsOfRecovery) {
            FailingJobs.Streak streak =
                    failing.completed(session, row.n(), kind).orElse(null);
            if (streak != null) {
                String detail = "It had failed " + (streak.failures() == 1 ? "once" : streak.failures() + " times")
                        + " since " + streak.since() + ".";
                Occurrence told = new Occurrence(job.job(), null, job.title(), job.modules(), job.at(), detail, 1);
                add(session, row, NotificationEvent.COMPLETED_AFTER_FAILING, Occurrences.of(told), told.at());
            }
        }
    }

    private static Occurrence occurrence(JobFacts facts, Set<String> modules, Instant at, String detail) {
        return new Occurrence(
                facts.id(), null, facts.title(), modules.stream().sorted().toList(), at, detail, 1);
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
        for (RuleRows.Row row : rules(session)) {
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

    private void missed(Session session, RuleRows.Row row, DueFire fire, Instant dueAt, String detail)
            throws SQLException {
        String text = session.first(SCHEDULED, found -> found.getString(1), fire.schedule())
                .orElse("{}");
        Map<String, Object> job = JsonColumn.map(text);
        String title = String.valueOf(job.getOrDefault("title", fire.schedule()));
        List<String> modules = ((List<?>) job.getOrDefault("tasks", List.of()))
                .stream()
                        .map(task -> String.valueOf(((Map<?, ?>) task).get("module")))
                        .distinct()
                        .sorted()
                        .toList();
        if (row.rule().isFor(title, Set.copyOf(modules))) {
            Occurrence missed = new Occurrence(null, fire.schedule(), title, modules, dueAt, firstLine(detail), 1);
            add(session, row, NotificationEvent.MISSED, Occurrences.of(missed), fire.firedAt());
        }
    }

    /** Adds to the open message of a rule and outcome, or opens one. */
    void add(Session session, RuleRows.Row row, NotificationEvent event, Occurrences told, Instant now)
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

    private static Instant dueAt(Session session, RuleRows.Row row, NotificationEvent event, Instant now)
            throws SQLException {
        Duration quiet = row.rule().quietFor();
        Instant grouped = now.plus(row.rule().groupFor());
        Instant latest = later(grouped, now.plus(quiet)); // also when the clock was set back
        Instant dueAt = MessageRows.lastClosed(session, row.n(), event)
                .map(closed -> earlier(later(grouped, closed.plus(quiet)), latest))
                .orElse(grouped);
        if (event == NotificationEvent.COMPLETED_AFTER_FAILING) { // not before the failure is told
            Instant failure = MessageRows.openDue(session, row.n(), NotificationEvent.FAILED)
                    .orElse(dueAt);
            return later(dueAt, failure);
        }
        return dueAt;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The first line of a text that says something. */
    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
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
            Duration shortest = shortest();
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

    /** The shortest time after which a job can be late; null when none can. */
    private @Nullable Duration shortest() {
        Duration shortest = null;
        for (RuleRows.Row row : known == null ? List.<RuleRows.Row>of() : known) {
            shortest = shorter(shortest, row.rule().runningLongerThan());
            shortest = shorter(shortest, row.rule().waitingLongerThan());
        }
        return shortest;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    /** The rows may be others than this knows, or the transaction has changed nothing. */
    public void forget() {
        known = null;
        due = null;
        failing.forget();
    }
}

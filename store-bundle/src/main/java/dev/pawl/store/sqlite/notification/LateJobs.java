package dev.pawl.store.sqlite.notification;

import dev.pawl.service.job.After;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that run or wait for longer than rules say. A run counts from its begin, a wait from when the job was added, from the time for which it was
 * scheduled, or from the end of its last run. Each rule knows up to when it has told: so no job has a row for it, and none is told twice.
 */
public final class LateJobs {

    private static final String TITLE =
            "json_extract(coalesce(j.request, (SELECT r.body FROM requests r WHERE r.job = j.seq)), '$.title')";
    private static final String RUNNING = """
            SELECT j.id, j.module_key, j.search_title, coalesce(j.run_started_at, j.created_at), NULL, NULL \
            FROM jobs j INDEXED BY jobs_running WHERE j.status = 'running'\
            """;
    private static final String WAITING = """
            SELECT j.id, j.module_key, j.search_title, coalesce((SELECT max(f.ended_at) FROM former_runs f WHERE f.job = j.seq), j.created_at), \
            j.due_at, CASE WHEN j.epoch = 0 THEN json_extract(coalesce(j.request, (SELECT r.body FROM requests r WHERE r.job = j.seq)), \
            '$.not_before') END FROM jobs j INDEXED BY jobs_queue WHERE j.status = 'pending'\
            """;
    private static final String TITLE_OF = "SELECT " + TITLE + " FROM jobs j WHERE j.id = ?";

    private final List<RuleRows.Row> rules;
    private final NotificationEvent event;
    private final Instant now;
    private final List<Late> late = new ArrayList<>();
    private @Nullable Instant next;

    /** The late jobs of a rule. */
    static final class Late {

        private final RuleRows.Row row;
        private final NotificationEvent event;
        private final Duration limit;
        private final List<Occurrence> examples = new ArrayList<>();
        private long count;
        private Instant firstAt = Instant.MAX;
        private Instant lastAt = Instant.MIN;

        private Late(RuleRows.Row row, NotificationEvent event, Duration limit) {
            this.row = row;
            this.event = event;
            this.limit = limit;
        }

        private void add(Instant at) {
            count++;
            firstAt = at.isBefore(firstAt) ? at : firstAt;
            lastAt = at.isAfter(lastAt) ? at : lastAt;
        }
    }

    private LateJobs(List<RuleRows.Row> rules, NotificationEvent event, Instant now) {
        this.rules = rules;
        this.event = event;
        this.now = now;
    }

    /**
     * The late jobs at a time.
     *
     * @param late those that have not been told
     * @param next the next time at which there may be one
     */
    public record Found(List<Late> late, Optional<Instant> next) {

        /** Whether none of them is to be told. */
        public boolean isNothing() {
            return late.isEmpty();
        }
    }

    /** Looks for late jobs. */
    public static Found find(Session session, Instant now) throws SQLException {
        return session.atOneMoment(moment -> {
            List<RuleRows.Row> rules = RuleRows.all(moment).stream()
                    .filter(row -> !row.rule().paused())
                    .toList();
            LateJobs running = new LateJobs(rules, NotificationEvent.RUNNING_LONGER_THAN, now);
            running.look(moment, RUNNING);
            LateJobs waiting = new LateJobs(rules, NotificationEvent.WAITING_LONGER_THAN, now);
            waiting.look(moment, WAITING);
            List<Late> all = new ArrayList<>(running.late);
            all.addAll(waiting.late);
            return new Found(all, earlier(running.next, waiting.next));
        });
    }

    private static Optional<Instant> earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return Optional.ofNullable(one == null ? other : one);
        }
        return Optional.of(one.isBefore(other) ? one : other);
    }

    private void look(Session session, String jobs) throws SQLException {
        List<Late> asked = new ArrayList<>();
        for (RuleRows.Row row : rules) {
            row.rule().limit(event).ifPresent(limit -> asked.add(new Late(row, event, limit)));
        }
        if (asked.isEmpty()) {
            return;
        }
        session.list(jobs, job -> judge(job, asked));
        for (Late one : asked) {
            if (one.count > 0) {
                titled(session, one);
                late.add(one);
            }
        }
    }

    /** Judges one job; the answer is of no interest. */
    private boolean judge(ResultSet job, List<Late> asked) throws SQLException {
        Instant since = since(job);
        for (Late one : asked) {
            Instant at = since.plus(one.limit);
            if (at.isAfter(now)) {
                next = next == null || at.isBefore(next) ? at : next;
            } else if (at.isAfter(one.row.toldTo(event))) {
                take(job, one, at);
            }
        }
        return true;
    }

    private void take(ResultSet job, Late one, Instant at) throws SQLException {
        Set<String> modules = ModuleKey.modules(job.getString(2));
        NotificationRule rule = one.row.rule();
        String title = job.getString(3);
        if (!rule.isFor(title, modules)) {
            return;
        }
        one.add(at);
        Occurrence example = new Occurrence(
                JobIds.uuid(job.getBytes(1)),
                null,
                title,
                modules.stream().sorted().toList(),
                at,
                "",
                1);
        boolean isKnown = one.examples.stream().anyMatch(example::isLike);
        if (isKnown || one.examples.size() < Notification.MOST_EXAMPLES) {
            List<Occurrence> with = OccurrenceJson.with(one.examples, example);
            one.examples.clear();
            one.examples.addAll(with);
        }
    }

    private static Instant since(ResultSet job) throws SQLException {
        Instant since = Micros.read(job, 4);
        Instant dueAt = Micros.readNullable(job, 5);
        if (dueAt != null && dueAt.isAfter(since) && dueAt.isBefore(After.DUE)) {
            since = dueAt;
        }
        String notBefore = job.getString(6);
        try {
            Instant asked = notBefore == null ? since : Instant.parse(notBefore);
            return asked.isAfter(since) ? asked : since;
        } catch (DateTimeParseException e) {
            return since;
        }
    }

    /** Gives the examples their titles as they were written, which the search does not know. */
    private static void titled(Session session, Late one) throws SQLException {
        for (int i = 0; i < one.examples.size(); i++) {
            Occurrence example = one.examples.get(i);
            UUID job = example.job();
            String title = job == null
                    ? example.title()
                    : session.first(TITLE_OF, row -> row.getString(1), JobIds.bytes(job))
                            .orElse(example.title());
            one.examples.set(
                    i,
                    new Occurrence(
                            job, null, title, example.modules(), example.at(), example.detail(), example.times()));
        }
    }

    /** Tells of them, as far as their rules are as they were read. */
    public static void tell(Session session, Found found, Instant now, NewNotifications notifications)
            throws SQLException {
        for (Late one : found.late()) {
            if (RuleRows.told(session, one.row, one.event, now)) {
                notifications.add(
                        session,
                        one.row,
                        one.event,
                        new Occurrences(one.count, one.firstAt, one.lastAt, one.examples),
                        now);
            }
        }
    }
}

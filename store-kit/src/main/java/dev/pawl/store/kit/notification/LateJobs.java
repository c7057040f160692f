package dev.pawl.store.kit.notification;

import dev.pawl.service.job.After;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.store.kit.ModuleKey;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that run, or those that wait, for longer than rules say. A run counts from its begin, a wait from when the job was added, from the time for
 * which it was scheduled, or from the end of its last run. Each rule knows up to when it has told: so no job has a row for it, and none is told twice.
 */
public final class LateJobs {

    private final NotificationEvent event;
    private final Instant now;
    private final List<Late> asked = new ArrayList<>();
    private @Nullable Instant next;

    /** The late jobs of a rule, of which some are examples whose titles are as the search knows them. */
    private static final class Late {

        private final StoredRule row;
        private final Duration limit;
        private @Nullable Occurrences jobs;

        private Late(StoredRule row, Duration limit) {
            this.row = row;
            this.limit = limit;
        }

        private void add(UUID job, String title, String moduleKey, Instant at) {
            Occurrences one = Occurrences.of(Occurrences.of(job, title, moduleKey, at, ""));
            Occurrences before = jobs;
            jobs = before == null ? one : before.and(one);
        }
    }

    /**
     * The late jobs at a time.
     *
     * @param late those that have not been told
     * @param next the next time at which there may be one
     */
    public record Found(List<Told> late, Optional<Instant> next) {

        /** Whether none of them is to be told. */
        public boolean isNothing() {
            return late.isEmpty();
        }
    }

    /**
     * The late jobs of a rule that have not been told.
     *
     * @param row the rule as it was read
     */
    public record Told(StoredRule row, NotificationEvent event, Occurrences jobs) {}

    /** Reads something of a job. */
    @FunctionalInterface
    public interface Titles<E extends Exception> {
        Optional<String> of(UUID job) throws E;
    }

    /**
     * Begins a look.
     *
     * @param event whether running or waiting jobs are looked at
     */
    public LateJobs(RuleSet rules, NotificationEvent event, Instant now) {
        this.event = event;
        this.now = now;
        for (StoredRule row : rules.rules()) {
            row.rule().limit(event).ifPresent(limit -> asked.add(new Late(row, limit)));
        }
    }

    /** Whether a rule asks for any. */
    public boolean isAsked() {
        return !asked.isEmpty();
    }

    /**
     * Judges a job.
     *
     * @param title its title, as the search knows it
     * @param since since when it runs or waits
     * @param dueAt the time for which it waits; null for none
     * @param notBefore the time for which it was requested, as text; null for none
     */
    public void judge(
            UUID job,
            String moduleKey,
            String title,
            Instant since,
            @Nullable Instant dueAt,
            @Nullable String notBefore) {
        Instant from = since(since, dueAt, notBefore);
        for (Late one : asked) {
            Instant at = from.plus(one.limit);
            if (at.isAfter(now)) {
                next = next == null || at.isBefore(next) ? at : next;
            } else if (at.isAfter(one.row.toldTo(event)) && one.row.rule().isFor(title, ModuleKey.modules(moduleKey))) {
                one.add(job, title, moduleKey, at);
            }
        }
    }

    private static Instant since(Instant since, @Nullable Instant dueAt, @Nullable String notBefore) {
        Instant from = since;
        if (dueAt != null && dueAt.isAfter(from) && dueAt.isBefore(After.DUE)) {
            from = dueAt;
        }
        try {
            Instant asked = notBefore == null ? from : Instant.parse(notBefore);
            return asked.isAfter(from) ? asked : from;
        } catch (DateTimeParseException e) {
            return from;
        }
    }

    /**
     * The findings of two looks.
     *
     * @param titles the titles of jobs as they were written
     */
    public static <E extends Exception> Found found(LateJobs running, LateJobs waiting, Titles<E> titles) throws E {
        List<Told> all = new ArrayList<>(running.told(titles));
        all.addAll(waiting.told(titles));
        Instant one = running.next;
        Instant other = waiting.next;
        Optional<Instant> next = one == null || other == null
                ? Optional.ofNullable(one == null ? other : one)
                : Optional.of(MessageTime.earlier(one, other));
        return new Found(List.copyOf(all), next);
    }

    private <E extends Exception> List<Told> told(Titles<E> titles) throws E {
        List<Told> all = new ArrayList<>();
        for (Late one : asked) {
            Occurrences jobs = one.jobs;
            if (jobs != null) {
                List<Occurrence> examples = new ArrayList<>();
                for (Occurrence example : jobs.examples()) {
                    examples.add(titled(example, titles));
                }
                Occurrences titled = new Occurrences(jobs.count(), jobs.firstAt(), jobs.lastAt(), examples);
                all.add(new Told(one.row, event, titled));
            }
        }
        return all;
    }

    private static <E extends Exception> Occurrence titled(Occurrence example, Titles<E> titles) throws E {
        UUID job = example.job();
        String title = job == null ? example.title() : titles.of(job).orElse(example.title());
        return new Occurrence(job, null, title, example.modules(), example.at(), example.detail(), example.times());
    }
}

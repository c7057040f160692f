package dev.pawl.service.job;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter for lists of jobs, with the order and the size of a page. Immutable; each method returns a changed copy. */
public final class JobFilter {

    /** The greatest page size. */
    public static final int MOST = 1_000;

    private static final JobFilter ALL = new JobFilter(Set.of(), null, null, null, null, null, JobOrder.NEWEST, 100);

    private final Set<JobStatus> statuses;
    private final @Nullable String module;
    private final @Nullable String text;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    private final @Nullable String cursor;
    private final JobOrder order;
    private final int limit;

    private JobFilter(
            Set<JobStatus> statuses,
            @Nullable String module,
            @Nullable String text,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String cursor,
            JobOrder order,
            int limit) {
        this.statuses = statuses;
        this.module = module;
        this.text = text;
        this.since = since;
        this.until = until;
        this.cursor = cursor;
        this.order = order;
        this.limit = limit;
    }

    /** All jobs, 100 a page. */
    public static JobFilter all() {
        return ALL;
    }

    public JobFilter withStatus(JobStatus wanted) {
        return withStatuses(Set.of(wanted));
    }

    /** Jobs in any of these statuses; in any at all when there is none. */
    public JobFilter withStatuses(Set<JobStatus> wanted) {
        return new JobFilter(Set.copyOf(wanted), module, text, since, until, cursor, order, limit);
    }

    /** Jobs requested at this time or later. */
    public JobFilter since(Instant first) {
        return new JobFilter(statuses, module, text, first, until, cursor, order, limit);
    }

    /** Jobs requested before this time. */
    public JobFilter until(Instant end) {
        return new JobFilter(statuses, module, text, since, end, cursor, order, limit);
    }

    /** Jobs with a task of this module. */
    public JobFilter withModule(String wanted) {
        return new JobFilter(statuses, wanted, text, since, until, cursor, order, limit);
    }

    /** Jobs whose title contains the text, or whose id begins with it; case-insensitive. */
    public JobFilter withText(String wanted) {
        return new JobFilter(statuses, module, wanted, since, until, cursor, order, limit);
    }

    /** Sorts them; by default the newest come first. */
    public JobFilter inOrder(JobOrder wanted) {
        return new JobFilter(statuses, module, text, since, until, cursor, wanted, limit);
    }

    /** Continues from {@link JobPage#nextCursor()}. */
    public JobFilter from(String nextCursor) {
        return new JobFilter(statuses, module, text, since, until, nextCursor, order, limit);
    }

    /** Sets the page size, 1 to {@value #MOST}. */
    public JobFilter withLimit(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("limit is " + most + "; it takes 1 to " + MOST + ".");
        }
        return new JobFilter(statuses, module, text, since, until, cursor, order, most);
    }

    /** The wanted statuses; empty for all. */
    public Set<JobStatus> statuses() {
        return statuses;
    }

    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    public Optional<String> module() {
        return Optional.ofNullable(module);
    }

    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    public JobOrder order() {
        return order;
    }

    /** Whether it lets a job through. */
    public boolean includes(Job job) {
        JobRequest request = job.request();
        return (statuses.isEmpty() || statuses.contains(job.state().status()))
                && (module == null
                        || request.tasks().stream()
                                .anyMatch(task -> task.module().equals(module)))
                && (text == null || hasText(job, text.toLowerCase(Locale.ROOT)))
                && (since == null || !job.createdAt().isBefore(since))
                && (until == null || job.createdAt().isBefore(until));
    }

    private static boolean hasText(Job job, String wanted) {
        return job.request().title().toLowerCase(Locale.ROOT).contains(wanted)
                || job.id().toString().startsWith(wanted);
    }

    /** Whether it lets all jobs through. */
    public boolean isOpen() {
        return statuses.isEmpty() && module == null && text == null && since == null && until == null;
    }

    public int limit() {
        return limit;
    }
}

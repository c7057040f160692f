package dev.pawl.service.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A filter for lists of jobs, newest first. Immutable; each method returns a changed copy. */
public final class JobFilter {

    /** The greatest page size. */
    public static final int MOST = 1_000;

    private static final JobFilter ALL = new JobFilter(null, null, null, null, 100);

    private final @Nullable JobStatus status;
    private final @Nullable String module;
    private final @Nullable String text;
    private final @Nullable String cursor;
    private final int limit;

    private JobFilter(
            @Nullable JobStatus status,
            @Nullable String module,
            @Nullable String text,
            @Nullable String cursor,
            int limit) {
        this.status = status;
        this.module = module;
        this.text = text;
        this.cursor = cursor;
        this.limit = limit;
    }

    /** All jobs, 100 a page. */
    public static JobFilter all() {
        return ALL;
    }

    public JobFilter withStatus(JobStatus wanted) {
        return new JobFilter(wanted, module, text, cursor, limit);
    }

    /** Jobs with a task of this module. */
    public JobFilter withModule(String wanted) {
        return new JobFilter(status, wanted, text, cursor, limit);
    }

    /** Jobs whose title contains the text, or whose id begins with it; case-insensitive. */
    public JobFilter withText(String wanted) {
        return new JobFilter(status, module, wanted, cursor, limit);
    }

    /** Continues from {@link JobPage#nextCursor()}. */
    public JobFilter from(String nextCursor) {
        return new JobFilter(status, module, text, nextCursor, limit);
    }

    /** Sets the page size, 1 to {@value #MOST}. */
    public JobFilter withLimit(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("limit is " + most + "; it takes 1 to " + MOST + ".");
        }
        return new JobFilter(status, module, text, cursor, most);
    }

    public Optional<JobStatus> status() {
        return Optional.ofNullable(status);
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

    public int limit() {
        return limit;
    }
}

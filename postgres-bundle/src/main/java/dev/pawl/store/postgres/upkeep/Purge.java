package dev.pawl.store.postgres.upkeep;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.job.PurgeStep;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** Finds old jobs with a reader and removes them a few at a time with the writer, so that other writes get their turn in between. */
public final class Purge {

    private static final int LOOKED_AT_ONCE = 1_000;

    /** Greater numbers are of jobs that were added later, but for transactions that went on at the same time. */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);

    private static final String COUNT = "SELECT count(*) FROM ended WHERE status = ?::\"char\" AND completed_at < ?";
    private static final String ENDED =
            "SELECT job, queued_at, completed_at FROM ended WHERE status = ?::\"char\" AND job > ? ORDER BY job LIMIT "
                    + LOOKED_AT_ONCE;

    private final Readers readers;
    private final Steps steps;

    /** Makes a step in a transaction of the writer. */
    @FunctionalInterface
    public interface Steps {
        CompletionStage<PurgeStep.Done> make(List<Long> jobs, JobStatus status, Instant endedBefore);
    }

    private record Ended(long job, long queuedAt, long completedAt) {}

    public Purge(Readers readers, Steps steps) {
        this.readers = readers;
        this.steps = steps;
    }

    /**
     * Removes, or counts.
     *
     * @param request the request, with times by the clock of the store
     */
    public PurgeReport run(PurgeRequest request) {
        Map<JobStatus, Long> jobs = new EnumMap<>(JobStatus.class);
        request.endedBefore()
                .forEach((status, before) ->
                        jobs.put(status, request.dryRun() ? count(status, before) : purge(status, before)));
        return new PurgeReport(jobs);
    }

    private long count(JobStatus status, Instant before) {
        return readers.read(session -> session.number(COUNT, status.wireName(), Micros.of(before)));
    }

    /** Goes through the jobs by age; jobs that were added after the given time cannot have ended before it. */
    private long purge(JobStatus status, Instant before) {
        long limit = Micros.of(before);
        long latest = Micros.of(before.plus(OUT_OF_ORDER));
        long removed = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<Ended> page = readers.read(session -> session.list(
                    ENDED, row -> new Ended(row.getLong(1), row.getLong(2), row.getLong(3)), status.wireName(), from));
            removed += remove(
                    page.stream()
                            .filter(job -> job.completedAt() < limit)
                            .map(Ended::job)
                            .toList(),
                    status,
                    before);
            if (page.size() < LOOKED_AT_ONCE || page.get(page.size() - 1).queuedAt() >= latest) {
                return removed;
            }
            after = page.get(page.size() - 1).job();
        }
    }

    private long remove(List<Long> jobs, JobStatus status, Instant before) {
        long removed = 0;
        List<Long> left = jobs;
        while (!left.isEmpty()) {
            long beganNs = System.nanoTime();
            PurgeStep.Done done = Confirmation.await(steps.make(left, status, before), "The removal of some old jobs");
            removed += done.removed();
            left = left.stream().filter(job -> job > done.last()).toList();
            LockSupport.parkNanos(System.nanoTime() - beganNs); // leaves the writer to others for as long
        }
        return removed;
    }
}

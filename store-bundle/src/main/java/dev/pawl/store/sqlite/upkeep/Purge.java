package dev.pawl.store.sqlite.upkeep;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Micros;
import dev.pawl.store.sqlite.engine.Readers;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Finds old jobs on a reader and has the writer remove them a few at a time, each time after the writes that came meanwhile. */
public final class Purge {

    private static final int LOOKED_AT_ONCE = 1_000;

    private static final String ENDED = """
            SELECT seq, created_at, completed_at FROM jobs INDEXED BY jobs_ended_by_status \
            WHERE completed_at IS NOT NULL AND status = ? AND seq > ? ORDER BY seq LIMIT \
            """ + LOOKED_AT_ONCE;

    private final GroupCommit writer;
    private final Readers readers;

    private record Ended(long seq, long createdAt, long completedAt) {}

    public Purge(GroupCommit writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    public PurgeReport run(PurgeRequest request) {
        Map<JobStatus, Long> jobs = new EnumMap<>(JobStatus.class);
        request.endedBefore().forEach((status, before) -> jobs.put(status, purge(status, before, request.dryRun())));
        return new PurgeReport(jobs);
    }

    /** Goes through the jobs by age; those that were added after the time cannot have ended before it. */
    private long purge(JobStatus status, Instant before, boolean dryRun) {
        long limit = Micros.of(before);
        long count = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<Ended> page = readers.read(session -> session.list(
                    ENDED, row -> new Ended(row.getLong(1), row.getLong(2), row.getLong(3)), status.wireName(), from));
            List<Long> old = page.stream()
                    .filter(job -> job.completedAt() < limit)
                    .map(Ended::seq)
                    .toList();
            count += dryRun ? old.size() : remove(old, status, before);
            if (page.size() < LOOKED_AT_ONCE || page.get(page.size() - 1).createdAt() >= limit) {
                return count;
            }
            after = page.get(page.size() - 1).seq();
        }
    }

    private long remove(List<Long> seqs, JobStatus status, Instant before) {
        long removed = 0;
        int looked = 0;
        while (looked < seqs.size()) {
            long beganNs = System.nanoTime();
            PurgeStep.Done done = done(new PurgeStep(seqs.subList(looked, seqs.size()), status.wireName(), before));
            looked += done.looked();
            removed += done.removed();
            LockSupport.parkNanos(System.nanoTime() - beganNs); // the writer is the others' for as long
        }
        return removed;
    }

    private PurgeStep.Done done(PurgeStep step) {
        return Confirmation.await(writer.submit(1, step), "The removal of some old jobs");
    }
}

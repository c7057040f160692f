package dev.pawl.store.sqlite.upkeep;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.job.FilteredJobs;
import dev.pawl.store.sqlite.job.JobCounts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Finds old jobs with a reader and removes them a few at a time with the writer, so that other writes get their turn in between. */
public final class Purge {

    private static final int LOOKED_AT_ONCE = 1_000;

    private static final String ENDED = """
            SELECT seq, created_at, completed_at FROM jobs INDEXED BY jobs_ended_by_module \
            WHERE completed_at IS NOT NULL AND module_key = ? AND status = ? AND seq > ? ORDER BY seq LIMIT \
            """ + LOOKED_AT_ONCE;

    private final GroupCommit writer;
    private final Readers readers;
    private final JobCounts counts; // used on the writer's thread

    private record Ended(long seq, long createdAt, long completedAt) {}

    public Purge(GroupCommit writer, Readers readers, JobCounts counts) {
        this.writer = writer;
        this.readers = readers;
        this.counts = counts;
    }

    public PurgeReport run(PurgeRequest request) {
        Map<JobStatus, Long> jobs = new EnumMap<>(JobStatus.class);
        request.endedBefore().forEach((status, before) -> jobs.put(status, purge(status, before, request.dryRun())));
        return new PurgeReport(jobs);
    }

    private long purge(JobStatus status, Instant before, boolean dryRun) {
        long count = 0;
        for (String moduleKey : readers.read(FilteredJobs::endedKeys)) {
            count += purge(moduleKey, status, before, dryRun);
        }
        return count;
    }

    /** Goes through the jobs by age; jobs that were added after the given time cannot have ended before it. */
    private long purge(String moduleKey, JobStatus status, Instant before, boolean dryRun) {
        long limit = Micros.of(before);
        long count = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<Ended> page = readers.read(session -> session.list(
                    ENDED,
                    row -> new Ended(row.getLong(1), row.getLong(2), row.getLong(3)),
                    moduleKey,
                    status.wireName(),
                    from));
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
            Step.Done done = done(new Step(seqs.subList(looked, seqs.size()), status, before, counts));
            looked += done.looked();
            removed += done.removed();
            LockSupport.parkNanos(System.nanoTime() - beganNs); // leaves the writer to others for as long
        }
        return removed;
    }

    private Step.Done done(Step step) {
        return Confirmation.await(writer.submit(1, step), "The removal of some old jobs");
    }

    /**
     * Removes some ended jobs in a transaction short enough that no other write waits for long: a job with a long log or many results is
     * removed piece by piece, and the remaining part is consistent at every moment.
     */
    static final class Step implements Session.Reading<Step.Done> {

        private static final int MOST_ROWS = 250;

        private static final String STILL_THERE = """
                SELECT lines, lines_dropped, results FROM jobs WHERE seq = ? AND status = ? AND completed_at < ?\
                """;
        private static final String CUT_LOG = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
        private static final String LOG_CUT = "UPDATE jobs SET lines_dropped = ? WHERE seq = ?";
        private static final String CUT_RESULTS = "DELETE FROM results WHERE job = ? AND n > ?";
        private static final String RESULTS_CUT = "UPDATE jobs SET results = ?, final_results = ? WHERE seq = ?";
        private static final String REMOVE = "DELETE FROM jobs WHERE seq = ?";

        private final List<Long> seqs;
        private final JobStatus status;
        private final Instant endedBefore;
        private final JobCounts counts;

        /**
         * The result of a step.
         *
         * @param looked the number of jobs that were processed
         * @param removed the number of these that were removed
         */
        record Done(int looked, int removed) {}

        private record Size(long lines, long dropped, long results) {
            long rows() {
                return lines - dropped + results;
            }
        }

        Step(List<Long> seqs, JobStatus status, Instant endedBefore, JobCounts counts) {
            this.counts = counts;
            this.seqs = List.copyOf(seqs);
            this.status = status;
            this.endedBefore = endedBefore;
        }

        @Override
        public Done read(Session session) throws SQLException {
            long left = MOST_ROWS;
            int removed = 0;
            for (int looked = 0; looked < seqs.size(); looked++) {
                long seq = seqs.get(looked);
                Size size = session.first(
                                STILL_THERE,
                                row -> new Size(row.getLong(1), row.getLong(2), row.getLong(3)),
                                seq,
                                status.wireName(),
                                Micros.of(endedBefore))
                        .orElse(null);
                if (size == null) {
                    continue;
                }
                if (size.rows() > left) {
                    if (left == MOST_ROWS) {
                        cut(session, seq, size);
                    }
                    return new Done(looked, removed);
                }
                session.update(REMOVE, seq);
                counts.removed(status, 1);
                left -= size.rows() + 1;
                removed++;
            }
            return new Done(seqs.size(), removed);
        }

        private static void cut(Session session, long seq, Size size) throws SQLException {
            if (size.lines() > size.dropped()) {
                long last = Math.min(size.lines(), size.dropped() + MOST_ROWS);
                session.update(CUT_LOG, seq, last);
                session.update(LOG_CUT, last, seq);
            } else {
                long last = size.results() - MOST_ROWS;
                session.update(CUT_RESULTS, seq, last);
                session.update(RESULTS_CUT, last, last, seq);
            }
        }
    }
}

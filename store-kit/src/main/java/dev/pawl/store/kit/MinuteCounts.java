package dev.pawl.store.kit;

import dev.pawl.service.job.DurationCounts;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobMinute;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to jobs in the present minute, in memory: the first transaction after a minute writes its row, so that a job costs no
 * statement. What a transaction changes counts once that is on disk. A process that is killed loses the counts of the minute that has no row
 * yet. Used by the writer's thread alone, except for {@link #unwritten}.
 */
public final class MinuteCounts {

    private static final long UNKNOWN = -1;

    private final InstantSource clock;
    private final Tally transaction = new Tally();
    private final Tally minute = new Tally(); // guarded by this
    private Instant at = Instant.EPOCH; // guarded by this
    private long waiting = UNKNOWN; // guarded by this
    private long running = UNKNOWN; // guarded by this
    private long rows; // guarded by this
    private Writing writing = Writing.NOTHING;

    /** The counts whose row this transaction writes. */
    private enum Writing {
        NOTHING,
        EARLIER,
        ITS_OWN_TOO
    }

    /** @param clock the time by which minutes are told */
    public MinuteCounts(InstantSource clock) {
        this.clock = clock;
    }

    /** The counts of a minute that has no row, or not all of them in it, with the number of rows that were written before. */
    public record Unwritten(@Nullable JobMinute minute, long rows) {}

    public void added() {
        transaction.added++;
    }

    /** A run of the job begins. */
    public void started(Job job) {
        transaction.started++;
        Instant began = job.state().startedAt();
        if (job.state().epoch() == 1 && began != null) {
            Instant since =
                    job.request().notBefore().filter(job.createdAt()::isBefore).orElse(job.createdAt());
            transaction.waits[DurationCounts.range(Duration.between(since, began))]++;
            transaction.hasTimes = true;
        }
    }

    /** A job has ended; its run began at the time, if it ran. */
    public void ended(JobStatus status, @Nullable Instant began, Instant end) {
        switch (status) {
            case COMPLETED -> transaction.completed++;
            case FAILED -> transaction.failed++;
            case STOPPED -> transaction.stopped++;
            case PENDING, RUNNING -> throw new IllegalArgumentException(status + " is no end");
        }
        if (began != null) {
            transaction.runs[DurationCounts.range(Duration.between(began, end))]++;
            transaction.hasTimes = true;
        }
    }

    /** The counts of a minute that is over, whose row this transaction writes; null when there are none. */
    public @Nullable JobMinute over() {
        JobMinute over = unwritten().minute();
        if (over == null || writing != Writing.NOTHING || over.at().equals(minuteNow())) {
            return null;
        }
        writing = Writing.EARLIER;
        return over;
    }

    /** All counts that have no row yet, this transaction included as far as it has come, which writes it; null when there are none. */
    public synchronized @Nullable JobMinute all() {
        Tally sum = new Tally();
        sum.add(minute);
        sum.add(transaction);
        if (sum.isEmpty()) {
            return null;
        }
        writing = Writing.ITS_OWN_TOO;
        return shown(minute.isEmpty() ? minuteNow() : at, sum);
    }

    /** The transaction is on disk, and leaves these numbers of jobs. */
    public synchronized void committed(Map<JobStatus, Long> counts) {
        if (writing != Writing.NOTHING) {
            minute.clear();
            rows++;
        }
        if (writing == Writing.ITS_OWN_TOO) {
            transaction.clear();
        }
        writing = Writing.NOTHING;
        long nowWaiting = counts.getOrDefault(JobStatus.PENDING, waiting);
        long nowRunning = counts.getOrDefault(JobStatus.RUNNING, running);
        transaction.moved |= nowWaiting != waiting || nowRunning != running;
        waiting = nowWaiting;
        running = nowRunning;
        if (!transaction.isEmpty()) {
            if (minute.isEmpty()) {
                at = minuteNow();
            }
            minute.add(transaction);
            transaction.clear();
        }
    }

    /** Drops what the transaction has changed, which is undone. */
    public void forget() {
        transaction.clear();
        writing = Writing.NOTHING;
    }

    /** The minutes that have no row yet. Safe for many threads. */
    public synchronized Unwritten unwritten() {
        return new Unwritten(minute.isEmpty() ? null : shown(at, minute), rows);
    }

    private JobMinute shown(Instant begin, Tally tally) {
        return new JobMinute(
                begin,
                tally.added,
                tally.started,
                tally.completed,
                tally.failed,
                tally.stopped,
                Math.max(0, waiting),
                Math.max(0, running),
                counts(tally.waits),
                counts(tally.runs));
    }

    private Instant minuteNow() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }

    private static DurationCounts counts(long[] ranges) {
        Map<Integer, Long> counts = new HashMap<>();
        for (int range = 0; range < ranges.length; range++) {
            if (ranges[range] > 0) {
                counts.put(range, ranges[range]);
            }
        }
        return DurationCounts.of(counts);
    }

    private static final class Tally {

        private long added;
        private long started;
        private long completed;
        private long failed;
        private long stopped;
        private boolean hasTimes;
        private boolean moved; // the numbers of jobs that wait and run are others
        private final long[] waits = new long[DurationCounts.RANGES];
        private final long[] runs = new long[DurationCounts.RANGES];

        boolean isEmpty() {
            return !moved && added + started + completed + failed + stopped == 0;
        }

        void add(Tally other) {
            added += other.added;
            started += other.started;
            completed += other.completed;
            failed += other.failed;
            stopped += other.stopped;
            moved |= other.moved;
            hasTimes |= other.hasTimes;
            if (other.hasTimes) {
                for (int range = 0; range < waits.length; range++) {
                    waits[range] += other.waits[range];
                    runs[range] += other.runs[range];
                }
            }
        }

        void clear() {
            added = 0;
            started = 0;
            completed = 0;
            failed = 0;
            stopped = 0;
            moved = false;
            if (hasTimes) {
                Arrays.fill(waits, 0);
                Arrays.fill(runs, 0);
                hasTimes = false;
            }
        }
    }
}

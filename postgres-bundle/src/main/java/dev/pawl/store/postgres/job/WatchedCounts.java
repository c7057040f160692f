package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The numbers of jobs by status for those who must not wait for the database: read about once a second by a thread that looks at rows anyway, as
 * long as someone asks, and after the start until someone may have.
 */
public final class WatchedCounts {

    private static final long WATCHED_NS = TimeUnit.MINUTES.toNanos(5);

    private final CommitSums sums;
    private volatile Map<JobStatus, Long> latest = Map.of();
    private volatile boolean isAsked = true; // so that who asks once, soon after the start, is answered
    private volatile long askedNs = System.nanoTime();

    /** Reads nothing yet. */
    public WatchedCounts(CommitSums sums) {
        this.sums = sums;
    }

    /** The numbers as they were a moment ago; empty for a second at first, and after some minutes in which nobody asked. */
    public Map<JobStatus, Long> latest() {
        askedNs = System.nanoTime();
        isAsked = true;
        return latest;
    }

    /** Reads the numbers, if someone has asked for them in the last minutes. */
    public void look(Session session) throws SQLException {
        if (!isAsked) {
            return;
        }
        if (System.nanoTime() - askedNs > WATCHED_NS) {
            isAsked = false;
            latest = Map.of();
        } else {
            latest = Map.copyOf(sums.read(session));
        }
    }
}

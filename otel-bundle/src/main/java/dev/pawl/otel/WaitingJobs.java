package dev.pawl.otel;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.RunMove;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The times since which jobs wait for another run. They are in memory alone, for the latest {@value #MOST} jobs: without them a trace lacks a
 * wait, and nothing else. Safe for many threads.
 */
final class WaitingJobs {

    static final int MOST = 10_000;

    private final Map<UUID, Instant> since = new LinkedHashMap<>();

    /**
     * The time since which a job waited for its run; null when it is not known.
     *
     * @param began the beginning of the run
     */
    @Nullable
    Instant since(Job job, Instant began) {
        if (job.state().epoch() == 1) {
            return job.request()
                    .notBefore()
                    .filter(due -> due.isAfter(job.createdAt()) && due.isBefore(began))
                    .orElse(job.createdAt());
        }
        synchronized (since) {
            return since.remove(job.id());
        }
    }

    /** A run has ended; its job waits from now on, or from the time for which its next attempt is due. */
    void ended(Job job, RunMove move) {
        if (!(move instanceof RunMove.Parked parked)) {
            return;
        }
        Instant due = parked.dueAt();
        synchronized (since) {
            since.put(job.id(), due == null ? parked.at() : due);
            if (since.size() > MOST) {
                since.remove(since.keySet().iterator().next());
            }
        }
    }
}

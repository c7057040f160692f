package dev.pawl.http.event;

import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A reader's sight of a job: it never goes back behind what the reader has seen when it began, although events of before may come after
 * that. Used by one thread at a time.
 */
final class JobSight {

    private static final int STEPS = 4;
    private static final int RUNS = 1;
    private static final int WAITS = 2;
    private static final int IS_OVER = 3;

    private final @Nullable JobEvent present;
    private long seen;
    private boolean ended;

    private JobSight(@Nullable JobEvent present) {
        this.present = present;
        if (present != null) {
            seen = step(present.job());
            ended = present.job().state().status().isFinal();
        }
    }

    /** The sight of a reader that goes on where it was: it gets all events. */
    static JobSight ofAll() {
        return new JobSight(null);
    }

    /** The sight of a reader that begins with where the job stands. */
    static JobSight from(JobEvent present) {
        return new JobSight(present);
    }

    /** Where the job stands, which the reader sees first; null when it goes on where it was. */
    @Nullable
    JobEvent present() {
        return present;
    }

    /** Whether the reader sees an event, since it does not tell what was before that which it has seen. */
    boolean sees(JobEvent event) {
        long step = step(event.job());
        boolean moves =
                switch (event.change()) {
                    case PRESENT, ADDED, STARTED, WAITING, ENDED -> true;
                    case NEXT_TASK, PROGRESS, CHANGED, REMOVED -> false;
                };
        if (seen > 0 && (step < seen || (moves && step == seen))) {
            return false;
        }
        if (step > seen) {
            seen = 0; // everything from here on is new
        }
        ended = ended || event.job().state().status().isFinal();
        return true;
    }

    /** Whether the reader has seen the end of the job. */
    boolean hasEnded() {
        return ended;
    }

    /** The place of a state in the life of its job: runs follow each other, and the job waits before the first and after each. */
    private static long step(Job job) {
        JobState state = job.state();
        long within =
                switch (state.status()) {
                    case RUNNING -> RUNS;
                    case PENDING -> WAITS;
                    case COMPLETED, FAILED, STOPPED -> IS_OVER;
                };
        return state.epoch() * STEPS + within;
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.PhaseTime;
import java.util.List;
import java.util.UUID;

/** Listener to the progress of runs. Called on threads that must not be blocked. */
public interface RunEvents {
    /** A run begins on its thread. */
    void began(Job job);

    /** One task of the run is done and others are left: the run may use fewer modules now. */
    void taskDone(RunId run);

    /** Something of the job is on disk that was not before. */
    void written(UUID job);

    /** The number of lines and results that a run has put on disk, and whether a checkpoint was among it. */
    void saved(int lines, int results, boolean checkpoint);

    /**
     * The move with which a run has ended is on disk.
     *
     * @param phases the phases that it went through, when they are recorded
     */
    void moved(Job job, RunMove move, long ranNs, List<PhaseTime> phases);

    /**
     * The run's end is on disk, or the run had lost its epoch.
     *
     * @param waits whether its job waits for another run
     */
    void ended(RunId run, boolean waits);
}

package dev.pawl.scheduler.run;

import dev.pawl.service.store.RunId;
import java.util.UUID;

/** Listener to the progress of runs. Called on threads that must not be blocked. */
public interface RunEvents {
    /** One task of the run is done and others are left: the run may use fewer modules now. */
    void taskDone(RunId run);

    /** Something of the job is on disk that was not before. */
    void written(UUID job);

    /**
     * The run's end is on disk, or the run had lost its epoch.
     *
     * @param waits whether its job waits for another run
     */
    void ended(RunId run, boolean waits);
}

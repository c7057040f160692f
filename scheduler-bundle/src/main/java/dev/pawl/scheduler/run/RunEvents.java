package dev.pawl.scheduler.run;

import java.util.UUID;

/** Is told how runs go on. Called on threads that must not be blocked. */
public interface RunEvents {
    /** One of its tasks is done and others are left: it may use fewer modules now. */
    void taskDone(JobRun run);

    /** The write that ends the run is with the store: a claim from now on counts its slot as free. */
    void slotFreed(JobRun run);

    /** Something of the job is on disk that was not before. */
    void written(UUID job);

    /** The run's end is on disk, or the run had lost its epoch. */
    void ended(JobRun run);
}

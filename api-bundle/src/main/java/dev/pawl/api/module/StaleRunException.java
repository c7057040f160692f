package dev.pawl.api.module;

/** Thrown when a run is no longer the job's current one; its write was refused. */
public final class StaleRunException extends TaskCancelledException {

    private static final long serialVersionUID = 1L;

    /** @param message the job and the run, and what replaced it */
    public StaleRunException(String message) {
        super(message);
    }
}

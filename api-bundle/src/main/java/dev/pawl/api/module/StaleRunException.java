package dev.pawl.api.module;

/** This run is no longer the job's current one; what it wrote was refused. */
public final class StaleRunException extends TaskCancelledException {

    private static final long serialVersionUID = 1L;

    /** @param message which job and run, and what took its place */
    public StaleRunException(String message) {
        super(message);
    }
}

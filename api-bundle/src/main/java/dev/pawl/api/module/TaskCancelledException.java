package dev.pawl.api.module;

/**
 * The run is to end now: the job was stopped, is pausing to go on elsewhere, or reached its duration limit. A module lets it
 * pass; catching it changes nothing, since the next call throws it again.
 */
public class TaskCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message why the run ends */
    public TaskCancelledException(String message) {
        super(message);
    }
}

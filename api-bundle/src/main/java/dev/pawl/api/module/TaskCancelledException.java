package dev.pawl.api.module;

/**
 * Thrown when the run must end now: the job was stopped, is being parked to resume elsewhere, or reached its duration limit. A module lets
 * it propagate; catching it is useless, since the next call throws it again.
 */
public class TaskCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message the reason why the run ends */
    public TaskCancelledException(String message) {
        super(message);
    }
}

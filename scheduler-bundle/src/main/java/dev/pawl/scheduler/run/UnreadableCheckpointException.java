package dev.pawl.scheduler.run;

/** Thrown when a value of a checkpoint is not of the type that the module asks for. */
final class UnreadableCheckpointException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnreadableCheckpointException(String message, IllegalArgumentException cause) {
        super(message, cause);
    }
}

package dev.pawl.scheduler.job;

import java.util.UUID;

/** Thrown when another job has to be stopped before a new one gets its unique key, or its turn in their schedule. */
final class KeyHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient UUID holder;

    KeyHeldException(UUID holder) {
        super("Job " + holder + " is to be stopped first.", null, false, false);
        this.holder = holder;
    }

    /** The job that is to be stopped. */
    UUID holder() {
        return holder;
    }
}

package dev.pawl.scheduler.job;

import java.util.UUID;

/** Thrown when another job has to be stopped before a new one gets its unique key. */
final class KeyHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient UUID holder;

    KeyHeldException(UUID holder) {
        super("Job " + holder + " holds the unique key.", null, false, false);
        this.holder = holder;
    }

    /** The job that holds the key. */
    UUID holder() {
        return holder;
    }
}

package dev.pawl.service.job;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A change of a job that its {@link Callback} tells of; each is told of once. */
public enum CallbackEvent {
    /** The job's first run has begun. */
    RUNNING,
    COMPLETED,
    FAILED,
    STOPPED;

    /** The ends of a job. */
    public static final Set<CallbackEvent> ENDS = Set.of(COMPLETED, FAILED, STOPPED);

    /** The event of a job that comes to a status; empty when there is none. */
    public static Optional<CallbackEvent> of(JobStatus status) {
        return switch (status) {
            case PENDING -> Optional.empty();
            case RUNNING -> Optional.of(RUNNING);
            case COMPLETED -> Optional.of(COMPLETED);
            case FAILED -> Optional.of(FAILED);
            case STOPPED -> Optional.of(STOPPED);
        };
    }

    /** The event with a wire name; empty when there is none. */
    public static Optional<CallbackEvent> of(String wireName) {
        for (CallbackEvent event : values()) {
            if (event.wireName().equals(wireName)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /** The word on the wire, such as {@code completed}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.pawl.service.job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The status of a job. The transitions in {@link #successors()} are the only ones that a store records; docs/architecture.md draws them.
 */
public enum JobStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    STOPPED;

    /** The statuses that may follow this one; none when it is final. */
    public Set<JobStatus> successors() {
        return switch (this) { // no default: a new status does not compile until it is placed here
            case PENDING -> EnumSet.of(RUNNING, STOPPED, FAILED);
            case RUNNING -> EnumSet.of(PENDING, COMPLETED, FAILED, STOPPED);
            case COMPLETED, FAILED, STOPPED -> EnumSet.noneOf(JobStatus.class);
        };
    }

    /** Whether no other status may follow. */
    public boolean isFinal() {
        return successors().isEmpty();
    }

    /** The word on the wire, such as {@code running}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

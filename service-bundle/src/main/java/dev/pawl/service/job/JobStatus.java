package dev.pawl.service.job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a job stands. The moves in {@link #successors()} are the only ones a store records; docs/architecture.md draws them. */
public enum JobStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    STOPPED;

    /** The statuses a job may go to from here; none when this one is final. */
    public Set<JobStatus> successors() {
        return switch (this) { // no default: a new status does not compile until it is placed here
            case PENDING -> EnumSet.of(RUNNING, STOPPED, FAILED);
            case RUNNING -> EnumSet.of(PENDING, COMPLETED, FAILED, STOPPED);
            case COMPLETED, FAILED, STOPPED -> EnumSet.noneOf(JobStatus.class);
        };
    }

    /** Whether a job that got here stays here for ever. */
    public boolean isFinal() {
        return successors().isEmpty();
    }

    /** The word on the wire, such as {@code running}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.pawl.service.job;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The actions that can be carried out on many jobs. */
public enum JobAction {
    /** Stops jobs that wait or run. */
    STOP,
    /** Runs failed and stopped jobs again, as new ones. */
    RETRY,
    /** Removes jobs that do not run. */
    REMOVE,
    /** Gives jobs that wait another priority. */
    PRIORITIZE;

    /** The statuses of the jobs on which it can be carried out. */
    public Set<JobStatus> statuses() {
        return Collections.unmodifiableSet(
                switch (this) {
                    case STOP -> EnumSet.of(JobStatus.PENDING, JobStatus.RUNNING);
                    case RETRY -> EnumSet.of(JobStatus.FAILED, JobStatus.STOPPED);
                    case REMOVE -> EnumSet.complementOf(EnumSet.of(JobStatus.RUNNING));
                    case PRIORITIZE -> EnumSet.of(JobStatus.PENDING);
                });
    }

    /** The word on the wire, such as {@code stop}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

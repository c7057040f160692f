package dev.pawl.service.job;

import java.util.Locale;

/** The reasons for which a job is not running. */
public enum ReasonCode {
    QUEUED,
    MODULE_MISSING,
    MODULE_DISABLED,
    MODULE_UNSATISFIED,
    MODULE_UPDATING,
    MODULE_PAUSED,
    MODULE_LIMIT,
    RETRY,
    SCHEDULED,
    WAITING_FOR_JOB,
    QUEUE_PAUSED,
    WORKER_DISABLED,
    SERVER_DRAINED,
    CRASH_TRIAL,
    RUNNING,
    FINISHED;

    /** The word on the wire, such as {@code module_missing}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

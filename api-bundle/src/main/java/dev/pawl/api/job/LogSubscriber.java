package dev.pawl.api.job;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives a job's log as it grows. Called by one thread at a time, in order, each entry once; may block, which delays only itself. */
@ConsumerType
public interface LogSubscriber {

    /** One entry. An exception ends the subscription. */
    void next(LogEntry entry);

    /** The job has ended and every entry was delivered, or the scheduler is going away. */
    void ended();
}

package dev.pawl.service.job;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives a job's log as it grows. Called by one thread at a time, in order, each entry once; few threads serve all, so it does not block. */
@ConsumerType
public interface LogSubscriber {

    /**
     * Whether it takes an entry now. While it does not, none is delivered and no thread waits, until {@link Subscription#resume()}.
     */
    default boolean isReady() {
        return true;
    }

    /** One entry. An exception ends the subscription. */
    void next(LogEntry entry);

    /** The job has ended and every entry was delivered, or the scheduler is going away. */
    void ended();
}

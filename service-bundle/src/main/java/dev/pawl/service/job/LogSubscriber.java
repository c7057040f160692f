package dev.pawl.service.job;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives a job's log as it grows. Called by one thread at a time, in order, once for each entry. A few threads serve all subscribers, so
 * an implementation must not block.
 */
@ConsumerType
public interface LogSubscriber {

    /**
     * Whether it can take an entry now. While it cannot, none is delivered and no thread waits, until {@link Subscription#resume()} is
     * called.
     */
    default boolean isReady() {
        return true;
    }

    /** Receives one entry. An exception ends the subscription. */
    void next(LogEntry entry);

    /**
     * Called when no other entry follows at once, also when none has come since it was asked whether it is ready: a subscriber that gathers
     * entries passes them on now, and releases what it holds to receive some.
     */
    default void flush() {}

    /** Called when the job has ended and every entry was delivered, or when the scheduler shuts down. */
    void ended();
}

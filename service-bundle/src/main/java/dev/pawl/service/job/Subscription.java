package dev.pawl.service.job;

import org.osgi.annotation.versioning.ProviderType;

/** A subscription to a job's log entries. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /** Tells that the subscriber is {@linkplain LogSubscriber#isReady() ready} again; harmless at any time. */
    default void resume() {}

    /** Ends the subscription without calling {@link LogSubscriber#ended()}; a second call is harmless. */
    @Override
    void close();
}

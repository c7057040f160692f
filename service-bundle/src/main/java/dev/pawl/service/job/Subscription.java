package dev.pawl.service.job;

import org.osgi.annotation.versioning.ProviderType;

/** A running delivery of log entries. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /** Says that the subscriber is {@linkplain LogSubscriber#isReady() ready} again; harmless at any time. */
    default void resume() {}

    /** Ends it without {@link LogSubscriber#ended()}; harmless a second time. */
    @Override
    void close();
}

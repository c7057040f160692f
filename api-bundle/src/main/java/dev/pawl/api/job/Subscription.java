package dev.pawl.api.job;

import org.osgi.annotation.versioning.ProviderType;

/** A running delivery of log entries. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /** Ends it without {@link LogSubscriber#ended()}; harmless a second time. */
    @Override
    void close();
}

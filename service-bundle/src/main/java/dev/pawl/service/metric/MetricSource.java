package dev.pawl.service.metric;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The measurements of one part of the server. Registered as a service, and asked by each scrape, by several threads at once when there are
 * several. It reads memory alone, or what costs as little: it never waits for the store, for a module or for a lock that they hold.
 */
@ConsumerType
public interface MetricSource {

    /** Reports all its measurements. */
    void collect(MetricSink sink);
}

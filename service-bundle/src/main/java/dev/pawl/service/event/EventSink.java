package dev.pawl.service.event;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives events for those who follow them. Registered as a service only while someone does, or did lately. Its methods are on the path of
 * what they tell: they return at once and never throw. Safe for many threads.
 */
@ProviderType
public interface EventSink {

    /** Takes an event that can be read already. Those of one job, module, worker or schedule are given in their order. */
    void add(Event event);

    /**
     * Notes that events were lost, so that those who follow read everything anew.
     *
     * @param why the reason, as a sentence for the log
     */
    void lost(String why);
}

package dev.pawl.service.store;

import org.osgi.annotation.versioning.ConsumerType;

/** Learns that other processes have changed documents of the runtime. Called on threads of the store, which it must not block. */
@ConsumerType
public interface DocumentObserver {

    /** Tells that documents of an owner may be others than when they were last read here. */
    void changedElsewhere(String owner);
}

package dev.pawl.service.store;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Learns of the changes of jobs. Called on threads of the store, which it must not block. */
@ConsumerType
public interface JobObserver {

    /**
     * Takes changes that a transaction has made, in their order, once it is on disk and before the futures of its changes complete.
     * Transactions come in their order, one at a time. Removals are not among them.
     */
    void changed(List<JobChange> changes);
}

package dev.pawl.service.store;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/** Learns of the changes of jobs. Called on threads of the store, which it must not block. */
@ConsumerType
public interface JobObserver {

    /**
     * Takes changes that a transaction has made, in their order, once it is on disk and before the futures of its changes complete.
     * Transactions come in their order, one at a time. Jobs that are removed many at once, or for their age, are not among them.
     */
    void changed(List<JobChange> changes);

    /**
     * Takes changes that a transaction of another process has made, once they can be read here. What becomes of one job comes in its order,
     * whichever process makes it, no change twice. {@link #changed} and this method are not called at the same time.
     *
     * @param changes the changes; a job that was removed is given without inputs, settings and checkpoint
     * @param written further jobs, whose logs have new lines
     */
    default void changedElsewhere(List<JobChange> changes, List<UUID> written) {
        changed(changes);
    }

    /**
     * Tells that another process has removed all jobs that waited.
     *
     * @param removed their number
     */
    default void clearedElsewhere(int removed) {}

    /** Tells that changes of other processes were missed: whoever follows jobs has to read them anew. */
    default void missed() {}

    /**
     * Whether anyone is to be told. While nobody is, what this process makes of a job is told without a look at what others made of it before.
     */
    default boolean isFollowed() {
        return true;
    }
}

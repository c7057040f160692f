package dev.pawl.service.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several requests for jobs of modules that are installed here, of which all are taken or none.
 *
 * @param requests the requests; each may wait for others by their places, as {@link After} says
 * @param key the key under which the answer to all of them is kept, in the transaction that adds the jobs; null to keep none
 */
public record Batch(List<JobRequest> requests, @Nullable RequestKey key) {

    /** The number of waits that a batch may have in sum, so that its transaction is short. */
    public static final int MOST_WAITS = 10_000;

    public Batch {
        requests = List.copyOf(requests);
    }
}

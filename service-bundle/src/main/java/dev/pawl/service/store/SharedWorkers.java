package dev.pawl.service.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The last signs of workers, for all servers that share a store. A sign is kept for some time after the last server has told it. Safe for many threads. */
@ProviderType
public interface SharedWorkers {

    /**
     * A sign of a worker.
     *
     * @param id its id
     * @param message JSON text of the server that heard it
     * @param age the time since
     */
    record Sign(String id, String message, Duration age) {}

    /**
     * Keeps signs that this server has heard, each unless there is a later one of its worker.
     *
     * @param expiry the age at which a sign is removed
     */
    CompletionStage<Void> keep(List<Sign> signs, Duration expiry);

    /** The last sign of each worker that is younger, in the order of their ids; at most {@code most}. */
    List<Sign> signs(Duration younger, int most);

    /** Removes the sign of a worker; says whether there was one. */
    CompletionStage<Boolean> forget(String id);
}

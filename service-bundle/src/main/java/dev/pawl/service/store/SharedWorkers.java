package dev.pawl.service.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The last signs of workers, for all servers that share a store. A sign is kept for some time after the last server has told it. Safe for many threads. */
@ProviderType
public interface SharedWorkers {

    /** The greatest number of characters of what servers tell each other. */
    int LONGEST_MESSAGE = 8_000;

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

    /**
     * Tells the other servers of a change of a worker, once; those that miss it are told that they have missed something ({@link
     * JobObserver#missed}).
     *
     * @param message at most {@link #LONGEST_MESSAGE} characters
     */
    CompletionStage<Void> tell(String message);

    /** Names who learns what other servers tell, in the order of each of them; called on a thread of the store, which it must not block. */
    void observe(Consumer<String> told);
}

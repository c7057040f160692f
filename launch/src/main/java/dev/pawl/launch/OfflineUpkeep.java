package dev.pawl.launch;

import java.nio.file.Path;
import java.util.Map;

/**
 * Upkeep of a store that no server has open. The launcher finds it in the store-bundle with {@link java.util.ServiceLoader}, without a
 * framework, and holds the lock of the data folder meanwhile. What cannot be done is told by a {@link RuntimeException} whose message is a
 * sentence for the operator.
 */
public interface OfflineUpkeep {

    /**
     * Does a work, after a restore that was interrupted is brought to its end.
     *
     * @param arguments as the HTTP API takes them, by name
     * @return what the HTTP API would answer: maps, lists, texts, numbers and booleans
     */
    Map<String, Object> run(UpkeepWork work, StoreFiles files, Map<String, String> arguments);

    /** Brings a restore that was interrupted to its end; does nothing where there was none. */
    void finishRestore(StoreFiles files);

    /**
     * The locations of a server's data.
     *
     * @param database the store's file
     * @param data the data folder
     */
    record StoreFiles(Path database, Path data) {}
}

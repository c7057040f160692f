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

    /**
     * Says whether this release may open a store, and what would be done to it first. Changes nothing, and does not mind a server that has it
     * open.
     *
     * @return maps, lists, texts, numbers and booleans, as {@code pawl upgrade --check -o json} shows them
     */
    Map<String, Object> upgrade(StoreFiles files);

    /** Brings a restore that was interrupted to its end; does nothing where there was none. */
    void finishRestore(StoreFiles files);

    /**
     * The locations of a server's data.
     *
     * @param database the store's file
     * @param data the data folder
     * @param release the version of Pawl
     */
    record StoreFiles(Path database, Path data, String release) {}
}

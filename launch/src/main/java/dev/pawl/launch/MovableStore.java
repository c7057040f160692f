package dev.pawl.launch;

import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import java.util.Map;

/**
 * A kind of store whose contents can be moved to another kind, and back. The launcher finds one in each bundle of a store with {@link
 * java.util.ServiceLoader}, without a framework, and holds the lock of the data folder meanwhile.
 */
public interface MovableStore {

    /** Whether it is the one in the data folder, which one server alone uses; the other one is shared. */
    boolean isEmbedded();

    /**
     * Opens a store to read it; changes nothing in it.
     *
     * @throws RuntimeException when there is none, a server uses it, or it is of another release; with a sentence for the operator
     */
    StoreContents open(Place place);

    /**
     * Opens a store to fill it, which no server uses until it is complete.
     *
     * @param source the store that its contents come from, for messages
     * @throws RuntimeException when it has contents already, or a server uses it; with a sentence for the operator
     */
    StoreContents.Target fill(Place place, String source);

    /**
     * The place of a store.
     *
     * @param files the embedded store, and the data folder, which has files of either
     * @param settings the framework properties of a server, among them the address of the shared store
     */
    record Place(StoreFiles files, Map<String, String> settings) {
        public Place {
            settings = Map.copyOf(settings);
        }
    }
}

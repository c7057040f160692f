package dev.pawl.runtime;

import dev.pawl.cli.command.EmbeddedServer.Direction;
import dev.pawl.launch.MovableStore;
import dev.pawl.launch.MovableStore.Place;
import dev.pawl.launch.StoreContents;
import dev.pawl.launch.StoreMigration;
import dev.pawl.runtime.start.StartException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A migration between the store of the data folder and the one that servers share, while no server uses either. */
final class OfflineMigration {

    /** Files that are in no store: each server has them for itself. */
    private static final List<String> OF_A_SERVER =
            List.of("secret.key", "callback.key", "modules.yaml", "schedules.yaml", "tls");

    private final OfflineBundles bundles;
    private final Place place;

    OfflineMigration(OfflineBundles bundles, Place place) {
        this.bundles = bundles;
        this.place = place;
    }

    /** Moves all that one of the stores has to the other, which is empty. */
    Map<String, Object> run(Direction direction, StoreMigration.Progress progress) throws StartException {
        boolean toShared = direction == Direction.TO_SHARED;
        try (StoreContents source = store(toShared).open(place);
                StoreContents.Target target = store(!toShared).fill(place, source.place())) {
            Map<String, Object> answer = new StoreMigration(source, target, progress).run();
            answer.put("data", place.files().data().toString());
            answer.put("not_in_the_store", files());
            return answer;
        }
    }

    private MovableStore store(boolean isEmbedded) throws StartException {
        return bundles.all(MovableStore.class)
                .filter(store -> store.isEmbedded() == isEmbedded)
                .findFirst()
                .orElseThrow(() -> new StartException("The distribution does not contain the bundle of "
                        + (isEmbedded ? "the store in the data folder." : "the shared store.")));
    }

    private List<String> files() {
        return OF_A_SERVER.stream()
                .filter(name -> Files.exists(place.files().data().resolve(name)))
                .toList();
    }
}

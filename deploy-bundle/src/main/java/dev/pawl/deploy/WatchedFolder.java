package dev.pawl.deploy;

import dev.pawl.deploy.folder.FolderPreparation;
import dev.pawl.deploy.folder.FolderWatch;
import dev.pawl.deploy.folder.ModulesFolder;
import dev.pawl.service.deploy.FolderReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The modules folder and its watch: what modules in it need is prepared before the change's turn. Safe for many threads. */
final class WatchedFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);

    private final ModulesFolder folder;
    private final FolderPreparation preparation;
    private final ChangeTurn turn;
    private final @Nullable FolderWatch watch;

    /** Watches nothing yet, but misses nothing from now on. */
    WatchedFolder(Path place, ModulesFolder folder, FolderPreparation preparation, ChangeTurn turn) {
        this.folder = folder;
        this.preparation = preparation;
        this.turn = turn;
        this.watch = open(place);
    }

    private @Nullable FolderWatch open(Path place) {
        try {
            return new FolderWatch(place, this::look, this::lookAtAll);
        } catch (IOException e) {
            LOG.error("The modules folder {} cannot be watched; `pawl module reload` scans it.", place, e);
            return null;
        }
    }

    private void look(Path jar) {
        preparation.prepare(jar);
        turn.run(() -> folder.lookAt(jar));
    }

    private void lookAtAll() {
        preparation.prepareAll();
        turn.run(() -> folder.lookAtAll(false));
    }

    /** Takes what is new at the server's start, in the turn of the start; what it needs is prepared later. */
    void lookAtStart() {
        preparation.leaveForLater(folder.lookAtAll(false));
    }

    /** Prepares what {@link #lookAtStart} has left. */
    void prepareWhatIsLeft() {
        preparation.prepareWhatIsLeft();
    }

    /** Begins to watch. */
    void watch() {
        if (watch != null) {
            watch.start();
        }
    }

    /** Looks at everything in it. */
    FolderReport reload() {
        preparation.prepareAll();
        return turn.make(() -> folder.lookAtAll(true));
    }

    /** Tries refused jars again, which may be acceptable after a change of others; called in the turn of that change. */
    void othersChanged() {
        folder.othersChanged();
    }

    /** The reason why it is not watched as it should be. */
    Optional<String> trouble() {
        return watch == null
                ? Optional.of("The modules folder is not watched, for the reason in the log; `pawl module reload` "
                        + "scans it.")
                : watch.trouble();
    }

    @Override
    public void close() throws IOException {
        if (watch != null) {
            watch.close();
        }
    }
}

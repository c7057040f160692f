package dev.pawl.store.sqlite.engine;

import dev.pawl.store.sqlite.engine.SchemaBackups.SchemaBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that a newer release has migrated, which this one refuses.
 *
 * @param file its file
 * @param version its schema version
 * @param supported the schema version of this release
 * @param release the version of this release
 */
public record NewerStore(
        Path file, int version, int supported, @Nullable String release) {

    /** The sentence that names both releases, and the backup with which this one can go on. */
    public String sentence() {
        Optional<String> other = new StoreRelease(file).last().filter(last -> !last.equals(release));
        return "The store " + file + " has schema version " + version
                + other.map(last -> " and was last opened by Pawl " + last).orElse("")
                + "; " + (release == null ? "this release" : "this is Pawl " + release + ", which")
                + " opens versions up to " + supported + ". Start "
                + other.map(last -> "Pawl " + last + " or a newer one").orElse("the newer release")
                + backup().map(backup ->
                                ", or go back to the data from before its upgrade, without what was done since: "
                                        + "`pawl restore " + backup.file() + "`.")
                        .orElse(
                                ", or restore an older backup with `pawl restore`; no upgrade left one beside the store.");
    }

    private Optional<SchemaBackup> backup() {
        try {
            return new SchemaBackups(file).upTo(supported);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}

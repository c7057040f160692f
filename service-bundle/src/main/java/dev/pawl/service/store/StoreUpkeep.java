package dev.pawl.service.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Maintains the store: purge, backup and check. Safe for use by several threads. Each method works on the calling thread, which may take
 * minutes, while the store continues to accept reads and writes. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface StoreUpkeep {

    /** Removes ended jobs with their logs and results, a few at a time, or only counts them. */
    PurgeReport purge(PurgeRequest request);

    /**
     * Writes one file with everything that a restore needs: a snapshot of the store, the module bundles and the modules' settings. The file
     * appears only when it is complete.
     *
     * @param file an absolute path, or a name in the folder {@code backups} of the data folder
     * @param replace whether an existing backup may be replaced; no other file ever is
     */
    BackupReport backup(Path file, boolean replace);

    /** A sentence that says why the store accepts no writes at present; each call tries again. Empty while it accepts them. */
    Optional<String> trouble();

    /** The time by the clock of the store, as far as it is known without asking; empty where the store counts by that of the server. */
    default Optional<Instant> present() {
        return Optional.empty();
    }

    /** A sentence about what the store does worse than it should, while it works. Costs nothing. */
    default Optional<String> warning() {
        return Optional.empty();
    }

    /** Reads the whole store and reports its defects. */
    CheckReport check();
}

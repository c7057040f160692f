package dev.pawl.service.store;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the store small and sound. Safe for many threads; each method does its work on the calling thread, which may take minutes, while
 * the store goes on taking reads and writes. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface StoreUpkeep {

    /** Removes jobs that have ended, with their logs and results, a few at a time; or only counts them. */
    PurgeReport purge(PurgeRequest request);

    /**
     * Writes one file that holds the store as it is at one moment, the modules' bundles and the modules' settings: what a restore needs.
     * The file is whole or not there.
     *
     * @param file an absolute path, or a name in the folder {@code backups} of the data folder
     * @param replace whether a backup that is there may go; nothing else does
     */
    BackupReport backup(Path file, boolean replace);

    /** Why the store takes no writes at present, in a sentence; tried again when asked. Empty while it takes them. */
    Optional<String> trouble();

    /** Reads all of the store and says what is wrong with it. */
    CheckReport check();
}

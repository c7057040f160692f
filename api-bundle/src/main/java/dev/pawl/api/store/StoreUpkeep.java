package dev.pawl.api.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the store small and sound. Safe for many threads; each method does its work on the calling thread, which may take minutes, while
 * the store goes on taking reads and writes. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface StoreUpkeep {

    /** Removes jobs that have ended, with their logs and results, a few at a time; or only counts them. */
    PurgeReport purge(PurgeRequest request);
}

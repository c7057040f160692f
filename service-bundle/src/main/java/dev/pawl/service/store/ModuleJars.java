package dev.pawl.service.store;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jars of module bundles, for all servers that share a store. Where there is no such service, a server has its own jars alone. Methods
 * work on the calling thread; any thread may call them. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface ModuleJars {

    /**
     * Keeps a jar unless it is kept already; it is on the disk of the store when this returns.
     *
     * @param sha256 its digest, as 64 lower-case hexadecimal digits
     */
    void keep(String sha256, Path jar);

    /**
     * Writes a jar to a file, which must not exist; the caller compares its digest.
     *
     * @return whether it is kept
     */
    boolean fetch(String sha256, Path file);

    /** Forgets the jars that no deployment names, current or former, unless they came within a time: their deployment may be under way. */
    void forgetUnnamed(Duration within);
}

package dev.pawl.api.catalog;

import dev.pawl.api.job.UpdateMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs, updates, disables and removes module bundles while the system runs. One change at a time; each is atomic: when it
 * is refused or fails, with a {@link dev.pawl.api.problem.ProblemException} that says why, what was there before is there
 * still. Safe for many threads; each method blocks until the change is done.
 */
@ProviderType
public interface Deployer {

    /**
     * Installs a bundle, or updates it when one with its symbolic name is there.
     *
     * @param jar a readable file, which is copied and may go away afterwards
     * @param options how, and on whose behalf
     */
    Deployed install(Path jar, InstallOptions options);

    /** Installs from the server's disk: a jar, or a folder that holds exactly one module jar, itself or in {@code target/}. */
    Deployed installFrom(Path source, InstallOptions options);

    /** Removes the bundle that holds the module; its jobs wait. */
    Deployed uninstall(String module, UpdateMode mode);

    /** Starts the bundle that holds the module, now and after every restart. */
    Deployed enable(String module);

    /** Stops the bundle that holds the module, now and after every restart; its jobs wait. */
    Deployed disable(String module, UpdateMode mode);

    /** Goes back to the version that was there before. */
    Deployed rollback(String module, UpdateMode mode);

    /** Looks again at the modules folder. */
    FolderReport reload();

    /** Our record of the bundle that holds the module. */
    Optional<Deployment> deployment(String module);

    /** The former versions of the bundle that holds the module, latest first. */
    List<Deployment> former(String module);
}

package dev.pawl.service.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs, updates, disables and removes module bundles while the system runs. Changes run one at a time and each is atomic: when one is
 * refused or fails, with a {@link dev.pawl.service.problem.ProblemException} that says why, everything is as it was before. Safe for use by
 * several threads; each method blocks until the change is done.
 */
@ProviderType
public interface Deployer {

    /**
     * Installs a bundle, or updates the one with the same symbolic name.
     *
     * @param jar a readable file; it is copied and may be deleted afterwards
     * @param options the options of the installation
     */
    Deployed install(Path jar, InstallOptions options);

    /** Installs from the server's disk: a jar, or a folder with exactly one module jar, directly in it or in {@code target/}. */
    Deployed installFrom(Path source, InstallOptions options);

    /** The modules that the distribution brings and that are installed on demand, by id. */
    List<AvailableModule> available();

    /**
     * Installs, or updates, a module of {@link #available} and enables it.
     *
     * @throws dev.pawl.service.problem.ProblemException when the distribution brings no such module
     */
    Deployed installAvailable(String module, InstallOptions options);

    /** Removes the bundle that holds the module; its jobs wait. */
    Deployed uninstall(String module, ChangeOptions options);

    /** Starts the bundle that holds the module, now and after every restart; one that is {@link #available} alone is installed first. */
    Deployed enable(String module, ChangeOptions options);

    /** Stops the bundle that holds the module, now and after every restart; its jobs wait. */
    Deployed disable(String module, ChangeOptions options);

    /**
     * Rolls a bundle back to a former version that is still kept; while a version is rolled out, ends that and goes back to the one before.
     *
     * @param version the version, or at least the first 8 digits of its digest; the previous version when null
     */
    Deployed rollback(String module, @Nullable String version, ChangeOptions options);

    /**
     * Lets a version that is held on its first server go on to the others.
     *
     * @param by the user on whose behalf
     * @throws dev.pawl.service.problem.ProblemException when none is held
     */
    RollOut promote(String module, String by);

    /** The roll-out of the bundle that holds the module, while it lasts. */
    Optional<RollOut> rollOut(String module);

    /** Scans the modules folder again. */
    FolderReport reload();

    /** The record of the bundle that holds the module. */
    Optional<Deployment> deployment(String module);

    /** The former versions of the bundle that holds the module, latest first. */
    List<Deployment> former(String module);

    /**
     * The changes made or attempted to the bundles that hold or held the module, latest first.
     *
     * @param limit the most lines, 1 to 1,000
     */
    List<HistoryEntry> history(String module, int limit);

    /** A sentence that says why changes to the modules folder are not noticed at present; empty when they are. */
    Optional<String> trouble();
}

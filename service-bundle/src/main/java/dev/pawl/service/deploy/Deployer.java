package dev.pawl.service.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs, updates, disables and removes module bundles while the system runs. One change at a time; each is atomic: when it
 * is refused or fails, with a {@link dev.pawl.service.problem.ProblemException} that says why, what was there before is there
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
    Deployed uninstall(String module, ChangeOptions options);

    /** Starts the bundle that holds the module, now and after every restart. */
    Deployed enable(String module, ChangeOptions options);

    /** Stops the bundle that holds the module, now and after every restart; its jobs wait. */
    Deployed disable(String module, ChangeOptions options);

    /**
     * Goes back to a former version that is kept.
     *
     * @param version that version, or the beginning of its digest, at least 8 digits; the one that was there before when null
     */
    Deployed rollback(String module, @Nullable String version, ChangeOptions options);

    /** Looks again at the modules folder. */
    FolderReport reload();

    /** Our record of the bundle that holds the module. */
    Optional<Deployment> deployment(String module);

    /** The former versions of the bundle that holds the module, latest first. */
    List<Deployment> former(String module);

    /**
     * What was done, or tried, with the bundles that hold or held the module, latest first.
     *
     * @param limit how many lines at most, 1 to 1,000
     */
    List<HistoryEntry> history(String module, int limit);

    /** Why drops into the modules folder are not noticed at present, in a sentence; empty when they are. */
    Optional<String> trouble();
}

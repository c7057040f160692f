package dev.pawl.runtime.framework;

import dev.pawl.base.file.FileTree;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The framework's bundle cache, which can always be recreated. It is reused for a fast start when a stamp in it says that it was filled
 * completely from the same bundles.
 */
public final class BundleCache {

    private final Path folder;
    private final String fingerprint;

    /** @param fingerprint the fingerprint of the bundles from which a usable cache must have been filled */
    public BundleCache(Path folder, String fingerprint) {
        this.folder = folder;
        this.fingerprint = fingerprint;
    }

    /** The folder for the framework's files. */
    Path storage() {
        return folder.resolve("felix");
    }

    boolean isCurrent() {
        try {
            return Files.readString(stamp()).equals(fingerprint);
        } catch (IOException missing) {
            return false;
        }
    }

    void clear() throws StartException {
        try {
            FileTree.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException stuck) {
            throw new StartException(
                    "The bundle cache " + folder + " cannot be emptied (" + stuck + "). Delete it.", stuck);
        }
    }

    /** Records that the cache is filled. */
    void markCurrent() throws StartException {
        try {
            Files.writeString(stamp(), fingerprint);
        } catch (IOException unwritable) {
            throw new StartException(
                    "The bundle cache " + folder + " cannot be written: " + unwritable + ".", unwritable);
        }
    }

    private Path stamp() {
        return folder.resolve("stamp");
    }
}

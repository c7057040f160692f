package dev.pawl.runtime.framework;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCacheTest {

    @TempDir
    private Path folder;

    @Test
    void aCacheIsCurrentOnlyForTheBundlesItWasFilledFrom() throws Exception {
        BundleCache cache = new BundleCache(folder.resolve("cache"), "one");
        assertFalse(cache.isCurrent());

        cache.clear();
        assertFalse(cache.isCurrent());

        cache.markCurrent();
        assertTrue(cache.isCurrent());
        assertFalse(new BundleCache(folder.resolve("cache"), "two").isCurrent());
    }

    @Test
    void clearingLeavesNothing() throws Exception {
        BundleCache cache = new BundleCache(folder.resolve("cache"), "one");
        cache.clear();
        Files.createDirectories(cache.storage().resolve("bundle1"));
        Files.writeString(cache.storage().resolve("bundle1/bundle.info"), "1");
        cache.markCurrent();

        cache.clear();

        assertFalse(Files.exists(cache.storage()));
        assertFalse(cache.isCurrent());
    }
}

package dev.pawl.deploy.folder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeferredFilesTest {

    private static final Path JAR = Path.of("alpha.jar");

    private final DeferredFiles deferred = new DeferredFiles();

    @Test
    void aFileIsTriedAgainAfterPausesThatDouble() {
        assertTrue(deferred.isDue(JAR, 0));
        assertTrue(deferred.failed(JAR, 0));
        assertFalse(deferred.isDue(JAR, DeferredFiles.FIRST_NS - 1));
        assertTrue(deferred.isDue(JAR, DeferredFiles.FIRST_NS));

        assertFalse(deferred.failed(JAR, 0));

        assertFalse(deferred.isDue(JAR, 2 * DeferredFiles.FIRST_NS - 1));
        assertTrue(deferred.isDue(JAR, 2 * DeferredFiles.FIRST_NS));
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        for (int i = 0; i < 20; i++) {
            deferred.failed(JAR, 0);
        }
        assertFalse(deferred.isDue(JAR, DeferredFiles.LONGEST_NS - 1));
        assertTrue(deferred.isDue(JAR, DeferredFiles.LONGEST_NS));
    }

    @Test
    void anAppliedFileBeginsAnew() {
        deferred.failed(JAR, 0);
        deferred.applied(JAR);
        assertTrue(deferred.isDue(JAR, 1));
        assertTrue(deferred.failed(JAR, 1));
    }
}

package dev.pawl.runtime.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.StartLevel;
import dev.pawl.runtime.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLevelsTest {

    @TempDir
    private Path folder;

    @Test
    void theShippedOrderHasTheStoreBeforeTheSchedulerBeforeTheShell() throws Exception {
        StartLevels levels = StartLevels.read(Path.of("src/main/dist/etc/start-levels.properties"));

        assertTrue(levels.of("dev.pawl.store-bundle") < levels.of("dev.pawl.deploy-bundle"));
        assertTrue(levels.of("dev.pawl.deploy-bundle") < levels.of("dev.pawl.scheduler-bundle"));
        assertTrue(levels.of("dev.pawl.scheduler-bundle") < levels.of("dev.pawl.shell-bundle"));
        assertEquals(StartLevel.SERVER, levels.of("dev.pawl.shell-bundle"));
    }

    @Test
    void aBundleThatIsNotListedStartsFirst() throws Exception {
        assertEquals(1, StartLevels.read(write("a = 3")).of("b"));
    }

    @Test
    void aLevelOutOfRangeIsRefused() throws Exception {
        Path file = write("a = 7");

        StartException refused = assertThrows(StartException.class, () -> StartLevels.read(file));

        assertEquals(
                "The start level of a in " + file + " is \"7\", but it takes a whole number from 1 to 6.",
                refused.sentence());
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("start-levels.properties"), text);
    }
}

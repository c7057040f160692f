package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.EmbeddedServer.Options;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerTest {

    @TempDir
    private Path folder;

    @Test
    void theCommandFindsIt() {
        assertInstanceOf(
                LocalServer.class,
                ServiceLoader.load(EmbeddedServer.class).findFirst().orElseThrow());
    }

    @Test
    void settingsAreTheEffectiveOnes() throws Exception {
        LocalServer server = new LocalServer(distribution(), Map.of("PAWL_WORKERS", "3"));

        Map<String, String> settings = server.settings(Map.of(Settings.PORT, "9000"));

        assertEquals("3", settings.get("pawl.workers"));
        assertEquals("9000", settings.get(Settings.PORT));
        assertEquals("1.2.3", settings.get(Settings.VERSION));
    }

    @Test
    void aWrongSettingEndsWithCodeTwo() {
        LocalServer server = new LocalServer(distribution(), Map.of("PAWL_WORKERS", "none"));

        RefusedException refused =
                assertThrows(RefusedException.class, () -> server.start(new Options(Map.of(), false, false)));

        assertEquals(2, refused.exitCode());
    }

    @Test
    void aFolderWithoutADistributionEndsWithCodeOne() {
        LocalServer server = new LocalServer(distribution(), Map.of("PAWL_DATA_DIR", folder.toString()));

        RefusedException refused =
                assertThrows(RefusedException.class, () -> server.start(new Options(Map.of(), false, false)));

        assertEquals(1, refused.exitCode());
        assertEquals(
                "The folder " + folder.resolve("home")
                        + " is not a distribution of Pawl, which has the folders bundles and etc. Start Pawl with its bin/pawl.",
                refused.getMessage());
        assertEquals(false, Files.exists(folder.resolve("server.lock")));
    }

    private Distribution distribution() {
        return new Distribution(folder.resolve("home"), "1.2.3", "2.0.0", "1.5.0");
    }
}

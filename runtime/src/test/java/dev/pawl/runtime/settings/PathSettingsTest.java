package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathSettingsTest {

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void makeAFile() throws IOException {
        file = Files.writeString(dir.resolve("file"), "x");
    }

    private String refusal(Path modules, Path database) {
        return assertThrows(
                        StartException.class, new PathSettings(modules, Optional.of(database), Optional.empty())::check)
                .sentence();
    }

    @Test
    void foldersAreMade() throws Exception {
        new PathSettings(dir.resolve("a/modules"), Optional.of(dir.resolve("b/c/pawl.db")), Optional.of(file)).check();
        assertTrue(Files.isDirectory(dir.resolve("a/modules")));
        assertTrue(Files.isDirectory(dir.resolve("b/c")));
    }

    @Test
    void aModulesFolderThatIsAFileIsNamedWithItsSetting() {
        assertEquals(
                "PAWL_MODULES_DIR is \"" + file + "\", but " + file + " is a file; it takes a folder. Choose another.",
                refusal(file, dir.resolve("pawl.db")));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedWithItsSetting() {
        Path below = file.resolve("modules");
        assertTrue(refusal(below, dir.resolve("pawl.db")).startsWith("PAWL_MODULES_DIR is \"" + below + "\", "));
    }

    @Test
    void aDatabaseThatIsAFolderIsNamedWithItsSetting() {
        assertEquals(
                "PAWL_DB_PATH is \"" + dir
                        + "\", which is a folder; it takes a file, which is created when it is missing.",
                refusal(dir.resolve("modules"), dir));
        Path below = file.resolve("pawl.db");
        assertTrue(refusal(dir.resolve("modules"), below).startsWith("PAWL_DB_PATH is \"" + below + "\", "));
    }

    @Test
    void trustedKeysThatAreNotThereAreNamedWithTheirSetting() {
        Path keys = dir.resolve("keys");
        PathSettings paths =
                new PathSettings(dir.resolve("modules"), Optional.of(dir.resolve("pawl.db")), Optional.of(keys));

        assertEquals(
                "PAWL_TRUSTED_KEYS is \"" + keys + "\", which does not exist; it takes a PEM file, or a folder of them."
                        + " Correct it, or leave it out to accept unsigned modules too.",
                assertThrows(StartException.class, paths::check).sentence());
    }
}

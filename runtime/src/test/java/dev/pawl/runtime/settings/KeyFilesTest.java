package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

    @TempDir
    private Path dir;

    private Path file;
    private KeyFiles keys;

    @BeforeEach
    void name() {
        file = dir.resolve("a.key");
        keys = KeyFiles.of(Map.of("PAWL_SECRET_KEY_FILE", file));
    }

    private String refusal() {
        return assertThrows(StartException.class, keys::check).sentence();
    }

    private void make(String mode) throws IOException {
        Files.writeString(file, "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aKeyThatIsMadeLaterIsAccepted() throws Exception {
        keys.check();
    }

    @Test
    void aKeyOfThisUserIsTakenAwayFromOthers() throws Exception {
        make("rw-r--r--");
        keys.check();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aFolderIsRefused() throws Exception {
        Files.createDirectory(file);
        assertEquals(
                "PAWL_SECRET_KEY_FILE is \"" + file
                        + "\", which is no file; it takes the file of a key, which is made when it is missing.",
                refusal());
    }

    @Test
    void aMountedKeyThatAllMayReadIsRefused() throws Exception {
        Path mounted = Files.writeString(dir.resolve("mounted.key"), "x");
        Files.setPosixFilePermissions(mounted, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(
                file, mounted); // the links of an orchestrator lead to files that this server leaves alone
        keys = KeyFiles.of(Map.of("PAWL_SECRET_KEY_FILE", file));
        assertEquals(
                "PAWL_SECRET_KEY_FILE is \"" + file
                        + "\", which all users of this machine may read or write. Take their rights away (chmod o-rw; for a mounted secret,"
                        + " set its mode to 0400 or 0440).",
                refusal());
        Files.setPosixFilePermissions(mounted, PosixFilePermissions.fromString("r--r-----"));
        keys.check();
    }
}

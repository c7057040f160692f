package dev.pawl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileModesTest {

    /** A user id that no test runs as. */
    private static final int NOBODY = 65_534;

    private static final int ROOT = 0;

    @TempDir
    private Path folder;

    private Path made(String name, String permissions) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        if (name.contains(".")) {
            Files.writeString(path, "x");
        } else {
            Files.createDirectories(path);
        }
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void giveAway(Path path) throws IOException {
        assumeTrue(Files.getAttribute(path, "unix:uid").equals(ROOT), "only root gives files away");
        Files.setAttribute(path, "unix:uid", NOBODY);
    }

    @Test
    void aFolderThatOthersCouldReadIsClosedWithAllThatIsInIt() throws Exception {
        Path wal = made("data/pawl.db-wal", "rw-r--r--");
        Path log = made("data/logs/pawl.log", "rw-rw-r--");
        Path setting = made("data/config/dev/pawl.config", "rw-r--r--");
        Path jar = made("data/artifacts/a.jar", "rwxr-xr-x");
        for (String each : new String[] {"data/logs", "data/config", "data/config/dev", "data/artifacts", "data"}) {
            made(each, "rwxr-xr-x");
        }

        assertTrue(FileModes.close(folder.resolve("data")));

        for (Path file : new Path[] {wal, log, setting}) {
            assertEquals("rw-------", permissions(file), file.toString());
        }
        assertEquals("rwx------", permissions(jar));
        for (String each : new String[] {"data/logs", "data/config/dev", "data/artifacts", "data"}) {
            assertEquals("rwx------", permissions(folder.resolve(each)), each);
        }
        assertFalse(FileModes.close(folder.resolve("data")));
    }

    @Test
    void aLinkIsLeftWithWhatItLeadsTo() throws Exception {
        Path elsewhere = made("elsewhere/a.txt", "rw-r--r--");
        Files.createSymbolicLink(made("data", "rwxr-xr-x").resolve("link"), elsewhere);

        FileModes.close(folder.resolve("data"));

        assertEquals("rw-r--r--", permissions(elsewhere));
    }

    @Test
    void aDataFolderOfAnotherUserIsRefused() throws Exception {
        Path data = made("data", "rwxrwxrwx");
        giveAway(data);

        StartException refused = assertThrows(StartException.class, () -> FileModes.requireOwner(data));

        assertTrue(
                refused.sentence().startsWith("The data folder " + data + " belongs to the user "), refused.sentence());
    }

    @Test
    void aFolderOfModulesThatOthersMayWriteToIsRefused() throws Exception {
        for (String open : new String[] {"rwxrwxr-x", "rwxr-xrwx"}) {
            Path modules = made("modules", open);
            StartException refused =
                    assertThrows(StartException.class, () -> FileModes.requireOwn("PAWL_MODULES_DIR is X", modules));
            assertTrue(refused.sentence().contains(" is writable by other users"), refused.sentence());
        }
        Path closed = made("modules", "rwxr-xr-x");
        FileModes.requireOwn("PAWL_MODULES_DIR is X", closed);
        giveAway(closed);
        assertThrows(StartException.class, () -> FileModes.requireOwn("PAWL_MODULES_DIR is X", closed));
    }

    @Test
    void theFoldersAboveItCountUnlessNamesInThemBelongToTheirOwners() throws Exception {
        Path modules = made("above/modules", "rwxr-xr-x");
        Path above = made("above", "rwxrwxrwx");
        StartException refused =
                assertThrows(StartException.class, () -> FileModes.requireOwn("PAWL_MODULES_DIR is X", modules));
        assertTrue(refused.sentence().contains("but " + above.toRealPath()), refused.sentence());

        Files.setAttribute(above, "unix:mode", 01777);
        FileModes.requireOwn("PAWL_MODULES_DIR is X", modules);
    }
}

package dev.pawl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingFolderIsMadeForItsOwnerAlone() throws Exception {
        Path path = folder.resolve("a b/data");

        DataFolder.open(path).close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void theLockNamesTheProcess() throws Exception {
        try (DataFolder data = DataFolder.open(folder)) {
            assertEquals(
                    ProcessHandle.current().pid() + "\n",
                    Files.readString(data.path().resolve("server.lock")));
        }
    }

    @Test
    void aSecondServerIsRefusedAndToldTheProcessOfTheFirst() throws Exception {
        try (DataFolder first = DataFolder.open(folder)) {
            StartException refused = assertThrows(StartException.class, () -> DataFolder.open(first.path()));

            assertTrue(
                    refused.sentence()
                            .contains("is in use by the server with process id "
                                    + ProcessHandle.current().pid() + "."),
                    refused.sentence());
        }
    }

    @Test
    void aFolderThatWasGivenBackCanBeTakenAgain() throws Exception {
        DataFolder first = DataFolder.open(folder);
        first.close();
        first.close();

        DataFolder.open(folder).close();
    }

    @Test
    void aLockFileThatAKilledServerLeftIsNoObstacle() throws Exception {
        Files.writeString(folder.resolve("server.lock"), "4194304\n");

        DataFolder.open(folder).close();
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
    void rootLeavesNothingInTheFolderOfAnotherUser() throws Exception {
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        StartException refused = assertThrows(StartException.class, () -> DataFolder.open(folder));

        assertTrue(refused.sentence().contains("belongs to the user nobody"), refused::sentence);
        assertTrue(refused.sentence().contains("sudo -u nobody"), refused::sentence);
        assertArrayEquals(new String[0], folder.toFile().list());
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        StartException refused = assertThrows(StartException.class, () -> DataFolder.open(file.resolve("data")));

        assertTrue(refused.sentence().startsWith("The data folder " + file.resolve("data") + " cannot be created"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"artifacts", "config", "logs", "tmp", "work"})
    void aFileInThePlaceOfAFolderOfTheServerIsNamedAndTheFolderIsFreeAgain(String name) throws Exception {
        Path file = Files.writeString(folder.resolve(name), "");

        StartException refused = assertThrows(StartException.class, () -> DataFolder.open(folder));

        assertEquals(file + " is a file, but the server needs a folder there. Move it away.", refused.sentence());
        Files.delete(file);
        DataFolder.open(folder).close();
    }
}

package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

    @TempDir
    private Path folder;

    @Test
    void linesOfTheUsualFormsAreRead() throws Exception {
        Path file = write("""
                # a comment

                PAWL_API_PORT=9000
                export PAWL_API_HOST = 0.0.0.0
                QUOTED="a b"
                SINGLE='$HOME'
                EMPTY=
                HASH=a#b
                """);

        assertEquals(
                Map.of(
                        "PAWL_API_PORT", "9000",
                        "PAWL_API_HOST", "0.0.0.0",
                        "QUOTED", "a b",
                        "SINGLE", "$HOME",
                        "EMPTY", "",
                        "HASH", "a#b"),
                EnvFile.read(file));
    }

    @Test
    void theLaterOfTwoLinesCounts() throws Exception {
        assertEquals(Map.of("A", "2"), EnvFile.read(write("A=1\nA=2\n")));
    }

    @Test
    void aLineOfAnotherFormIsNamedByItsNumber() throws Exception {
        Path file = write("A=1\nnonsense\n");

        WrongSettingException refused = assertThrows(WrongSettingException.class, () -> EnvFile.read(file));

        assertEquals("Line 2 of the env file " + file + " is not of the form NAME=value.", refused.sentence());
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.env");

        WrongSettingException refused = assertThrows(WrongSettingException.class, () -> EnvFile.read(file));

        assertTrue(refused.sentence().startsWith("PAWL_ENV_FILE is \"" + file + "\", which does not exist"));
    }

    @Test
    void aBinaryFileIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("pawl.env"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        WrongSettingException refused = assertThrows(WrongSettingException.class, () -> EnvFile.read(file));

        assertTrue(refused.sentence().contains("is not UTF-8 text"));
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("pawl.env"), text);
    }
}

package dev.pawl.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.ValidationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolTest {

    @Test
    void aProgramOnThePathIsFound() throws ValidationException {
        Tool shell = Tool.find("sh", null, "dash");

        assertEquals("sh", shell.path().getFileName().toString());
        assertTrue(shell.path().isAbsolute());
    }

    @Test
    void aMissingProgramIsNamedWithItsPackageAndSetting() {
        String said = assertThrows(ValidationException.class, () -> Tool.find("HandBrake-None", " ", "handbrake-cli"))
                .getMessage();

        assertTrue(said.contains("apt install handbrake-cli") && said.contains("setting handbrake_none"), said);
    }

    @Test
    void theSettingMustNameAnExecutableFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n");

        for (String wrong : new String[] {file.toString(), folder.toString(), "tool", "\0"}) {
            assertThrows(ValidationException.class, () -> Tool.find("tool", wrong, "tools"), wrong);
        }
        assertTrue(file.toFile().setExecutable(true));
        assertEquals(file, Tool.find("tool", file.toString(), "tools").path());
    }
}

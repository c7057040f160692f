package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.RecordingDeployer.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingDeployerTest {

    private static final ChangeOptions US = ChangeOptions.by("test");

    @TempDir
    Path folder;

    private final RecordingDeployer deployer = new RecordingDeployer();

    @Test
    void writesDownWhatItIsAskedInOrder() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "jar");

        deployer.install(jar, new InstallOptions(US, "abc"));
        deployer.rollback("hello", null, US.dry());

        assertArrayEquals("jar".getBytes(StandardCharsets.UTF_8), deployer.jar());
        Asked last = new Asked("rollback hello to null", US.dry(), null);
        assertEquals(List.of(new Asked("install", US, "abc"), last), deployer.asked());
        assertEquals(last, deployer.last());
    }

    @Test
    void refusesWhatIsMarkedAndWhatIsTooOld() throws IOException {
        Path marked = Files.writeString(folder.resolve("a.jar"), "!");

        assertThrows(ProblemException.class, () -> deployer.install(marked, InstallOptions.of(US)));
        assertThrows(ProblemException.class, () -> deployer.rollback("hello", "0.9.0", US));
    }

    @Test
    void saysThatNothingWasAsked() {
        assertThrows(AssertionError.class, deployer::last);
    }
}

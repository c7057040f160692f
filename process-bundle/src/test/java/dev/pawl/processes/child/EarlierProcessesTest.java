package dev.pawl.processes.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that a server which was killed had left. */
@NeedsProgram("setsid")
class EarlierProcessesTest {

    @TempDir
    Path folder;

    @Test
    void theyAreFoundByTheirMarkAndEnded() throws IOException {
        Path mark = folder.resolve("earlier.mark");
        Files.writeString(mark, "earlier-run.");
        ProcessBuilder builder = new ProcessBuilder("setsid", "sleep", "300");
        builder.environment().put(MarkedProcesses.VARIABLE, "earlier-run.7.");
        Process left = builder.start();
        Process stranger = new ProcessBuilder("setsid", "sleep", "300").start();
        Eventually.eventually("it has its mark", Duration.ofSeconds(10), () -> !MarkedProcesses.find("earlier-run.")
                .isEmpty());
        assertEquals(1, Children.sweepEarlier(mark));
        Eventually.eventually("it is ended", Duration.ofSeconds(10), () -> !left.isAlive());
        assertTrue(stranger.isAlive());
        stranger.destroyForcibly();
        assertFalse(Files.exists(mark));
    }
}

package dev.pawl.samples.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process with SIGKILL again and again while it writes; the output is that of a process that was left alone. */
final class KilledProcessTest {

    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private Process start(String output) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        folder.toString(),
                        "source.csv",
                        output))
                .redirectOutput(folder.resolve("out.log").toFile())
                .redirectError(folder.resolve("err.log").toFile())
                .start();
    }

    private void finish(Process process) throws Exception {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("err.log")));
    }

    /** The number of records of the last checkpoint. */
    private long records() throws IOException {
        Path kept = folder.resolve("checkpoint.json");
        return Files.exists(kept)
                ? Mappers.JSON.readTree(kept.toFile()).path("read").asLong()
                : 0;
    }

    @Test
    void theOutputIsThatOfAProcessThatWasLeftAlone() throws Exception {
        StringBuilder csv = new StringBuilder("id,text\n");
        Random random = new Random(3);
        for (int n = 0; n < 5_000; n++) {
            csv.append(n)
                    .append(",\"ä\n")
                    .append("東".repeat(random.nextInt(40)))
                    .append("\"\n");
        }
        Files.writeString(folder.resolve("source.csv"), csv);
        finish(start("whole.jsonl"));
        Files.delete(folder.resolve("checkpoint.json"));

        for (int kill = 1; kill <= KILLS; kill++) {
            long enough = records() + 20 + random.nextInt(60);
            Process process = start("killed.jsonl");
            while (records() < enough && process.isAlive()) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            assertTrue(process.isAlive(), "it was killed before it ended");
            process.destroyForcibly().waitFor();
        }
        finish(start("killed.jsonl"));

        assertEquals(-1, Files.mismatch(folder.resolve("whole.jsonl"), folder.resolve("killed.jsonl")));
    }
}

package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulates a full disk with a limit on file size, which cuts the write-ahead log off in the middle of a commit. */
class RefusedWriteTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {4096, 4097, 4098, 4099, 4100, 4101, 4102, 4103})
    @EnabledOnOs(OS.LINUX)
    void whatWasRefusedIsNotThereAfterACrash(int limitKiB) throws Exception {
        Path file = folder.resolve("pawl.db");
        UUID refused = UUID.fromString(addUntilRefused(file, limitKiB));
        SqliteStore store = new SqliteStore(file, SettableClock.at("2026-03-01T12:00:00Z"));
        try {
            assertTrue(
                    store.counts().values().stream().mapToLong(count -> count).sum() > 10);
            assertEquals(Optional.empty(), store.find(refused));
        } finally {
            store.close();
        }
    }

    private static String addUntilRefused(Path file, int limitKiB) throws IOException {
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f \"$0\" && exec \"$@\"",
                        String.valueOf(limitKiB),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RefusedWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            assertTrue(line != null, "The process refused nothing.");
            return line;
        }
    }
}

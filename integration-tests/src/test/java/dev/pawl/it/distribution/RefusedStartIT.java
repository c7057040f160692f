package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import dev.pawl.it.server.StoreFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed end by themselves with exit code 1 and a sentence that names the cause, and without a stack trace. */
class RefusedStartIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    /** The longest time on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makeTheFolder() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
    }

    @Test
    @Tag("sqlite")
    void whileAnotherProgramLocksTheDatabase() throws Exception {
        try (Connection other = StoreFile.open(data);
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
            statement.execute("CREATE TABLE theirs (x)");

            assertRefused(Map.of(), "pawl.db cannot be used: another program keeps it locked");
        }
    }

    @Test
    @Tag("sqlite")
    void onADatabaseThatIsNone() throws Exception {
        Files.writeString(data.resolve("pawl.db"), "This is a letter, and no database. ".repeat(200));

        assertRefused(Map.of(), "pawl.db cannot be used: the file is damaged. There is no backup beside it");
    }

    @Test
    void withTrustedKeysThatAreNotThere() {
        assertRefused(
                Map.of("PAWL_TRUSTED_KEYS", folder.resolve("keys").toString()),
                "PAWL_TRUSTED_KEYS is \"" + folder.resolve("keys") + "\", which does not exist");
    }

    @Test
    void withAFileInThePlaceOfAFolder() throws Exception {
        Files.writeString(data.resolve("artifacts"), "");

        assertRefused(Map.of(), data.resolve("artifacts") + " is a file, but the server needs a folder there.");
    }

    @Test
    void onAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertRefused(Map.of("PAWL_API_PORT", port), "Port " + port + " on 127.0.0.1 is not available");
        }
    }

    private void assertRefused(Map<String, String> environment, String sentence) {
        try (Server server = Server.launch(data, JAVA, environment)) {
            assertEquals(1, server.awaitExit(PATIENCE), server.said());
            assertTrue(server.said().contains("Error: "), server.said());
            assertTrue(server.said().contains(sentence), server.said());
            assertFalse(server.said().contains("\tat "), server.said());
        }
    }
}

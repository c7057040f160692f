package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.chaos.ChaosModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.FileSizeLimit;
import dev.pawl.it.server.Server;
import dev.pawl.it.server.StoreFile;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped while its store accepts no writes: it ends in the documented time, and its jobs continue after a restart. */
@Tag("sqlite")
class StopsWithoutAStoreIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private static final Map<String, String> SHORT = Map.of("PAWL_STOP_GRACE", "2s", "PAWL_STOP_ABANDON", "1s");

    /** The documented time: the grace, the abandonment, and the time that a store without writes may add. */
    private static final Duration DOCUMENTED = Duration.ofSeconds(2 + 1 + 10);

    /** The margin for a busy machine. */
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void aLockedStoreDoesNotHoldUpTheEnd() throws Exception {
        Path data = folder.resolve("data");
        String job;
        try (Server server = Server.start(data, JAVA, SHORT)) {
            job = running(server.api());
            try (Connection other = StoreFile.open(data);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertEndsInTime(server);
                statement.execute("ROLLBACK");
            }
        }
        assertGoesOn(data, job);
    }

    @Test
    @EnabledIf(value = "dev.pawl.it.server.FileSizeLimit#isSupported", disabledReason = "There is no prlimit here.")
    void aFullDiskDoesNotHoldUpTheEnd() throws Exception {
        Path data = folder.resolve("data");
        String job;
        try (Server server = Server.start(data, JAVA, SHORT)) {
            job = running(server.api());
            assertTrue(FileSizeLimit.set(server.pid(), 4096));
            assertEndsInTime(server);
        }
        assertGoesOn(data, job);
    }

    private String running(Api api) {
        api.upload(ModuleJar.of(ChaosModule.class, "1.0.0", folder), "").expect(200);
        String job = api.start("chaos", Map.of("steps", 200, "pause_ms", 20, "every", 1));
        Eventually.eventually("work under way", () -> !api.results(job).isEmpty());
        return job;
    }

    private static void assertEndsInTime(Server server) {
        long began = System.nanoTime();
        int code = server.terminate();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(DOCUMENTED.plus(LEEWAY)) < 0, took::toString);
        assertEquals(0, code, server::said);
    }

    private static void assertGoesOn(Path data, String job) {
        try (Server server = Server.start(data)) {
            assertEquals("completed", server.api().awaitEnd(job).get("status").asText());
            assertEquals(200, server.api().results(job).size());
        }
    }
}

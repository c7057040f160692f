package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.leaky.LeakyModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Jdks;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finds module versions that leak on purpose, and names the cause of each leak. */
class LeakIT {

    @TempDir
    Path folder;

    private Api api;
    private Versions versions;

    static Stream<Path> javaHomes() {
        return Jdks.homes();
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void whatAVersionLeavesBehindIsFoundAndNamed(Path javaHome) {
        try (Server server = Server.start(folder.resolve("data"), javaHome, Map.of("PAWL_LEAK_CHECK", "1s"))) {
            api = server.api();
            versions = new Versions(ModuleJar.of(LeakyModule.class, "1.0.0", folder));
            leave("1.0.0", "thread");
            leave("2.0.0", "thread local");
            leave("3.0.0", "hook");
            leave("4.0.0", "handler");
            leave("5.0.0", "virtual thread");
            leave("6.0.0", "driver"); // the server deregisters the driver
            leave("7.0.0", "process"); // a thread of the JVM waits for the end of the process
            api.upload(versions.of("8.0.0"), "").expect(200);

            Eventually.eventually(Duration.ofSeconds(60), () -> assertEquals(5, leaks().size(), leaks()::toString));
            Map<String, String> leaks = leaks();
            assertNamed(leaks, "1.0.0", "Thread \"leaky thread\"");
            assertNamed(leaks, "2.0.0", "A thread local of thread \"");
            assertNamed(leaks, "3.0.0", "A shutdown hook");
            assertNamed(leaks, "4.0.0", "of java.util.logging holds its handler");
            assertNamed(leaks, "5.0.0", "Thread \"leaky virtual thread\"");
            assertEquals(5, api.get("/modules").expect(200).get("leaks").size());
            server.awaitSaid(Eventually.PATIENCE, "Bundle dev.pawl.it.modules.leaky 3.0.0 is gone");
        }
    }

    private void leave(String version, String what) {
        api.upload(versions.of(version), "").expect(200);
        String job = api.start("leaky", Map.of("what", what));
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
    }

    /** The causes of each leaked version. */
    private Map<String, String> leaks() {
        Map<String, String> leaks = new TreeMap<>();
        for (JsonNode leak : api.get("/modules/leaky").expect(200).get("leaks")) {
            leaks.put(
                    leak.get("version").asText(), leak.get("holders").toString().replace("\\\"", "\""));
        }
        return leaks;
    }

    private static void assertNamed(Map<String, String> leaks, String version, String words) {
        assertTrue(leaks.getOrDefault(version, "no leak of " + version).contains(words), leaks::toString);
    }
}

package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Jdks;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A module that misbehaves: its job ends as documented, and the server runs the next one. */
class RogueIT {

    private static final Map<String, String> SHORT_LADDER =
            Map.of("PAWL_STOP_GRACE", "1s", "PAWL_STOP_ABANDON", "1s", "PAWL_JAVA_OPTS", "-Xmx256m");

    @TempDir
    Path folder;

    static Stream<Path> javaHomes() {
        return Jdks.homes();
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void aModuleCannotEndTheServer(Path javaHome) {
        try (Server server = Server.start(folder.resolve("data"), javaHome, SHORT_LADDER)) {
            Api api = server.api();
            api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
            assertEquals(
                    "Module code called System.exit(3), which would have ended the server."
                            + " A module ends by returning from run, and fails by throwing an exception.",
                    failed(api, "EXIT").get("message").asText());
            String halt = failed(api, "HALT").get("message").asText();
            assertTrue(halt.startsWith("Module code called Runtime.halt(4)"), halt);
            String reference = failed(api, "EXIT_BY_REFERENCE").get("message").asText();
            assertTrue(reference.startsWith("Module code called Runtime.exit(5)"), reference);
            ended(api, "EXIT_FROM_ITS_OWN_THREAD", "completed");
            ended(api, "NOTHING", "completed");
        }
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void errorsOfTheJvmFailTheJobAlone(Path javaHome) {
        try (Server server = Server.start(folder.resolve("data"), javaHome, SHORT_LADDER)) {
            Api api = server.api();
            api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
            assertEquals(
                    "java.lang.StackOverflowError",
                    failed(api, "RECURSE").get("message").asText());
            ended(api, "NOTHING", "completed");
        }
    }

    @Test
    void aModuleThatTakesAllMemoryEndsTheServerWhichIsThenStartedAgain() {
        Path java = Path.of(System.getProperty("java.home"));
        try (Server server = Server.start(folder.resolve("data"), java, SHORT_LADDER)) {
            server.api()
                    .upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "")
                    .expect(200);
            server.api().start("rogue", Map.of("deed", "GRAB_MEMORY"));
            assertEquals(3, server.awaitExit(Duration.ofSeconds(30)));
        }
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void aThreadThatOutlivesItsJobIsNamedInItsLogAndOnItsModule(Path javaHome) {
        assertStrayThreadIsNamed(javaHome, SHORT_LADDER);
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void aThreadThatOutlivesItsJobIsNamedWhereRunsHaveVirtualThreadsToo(Path javaHome) {
        Map<String, String> manyWorkers = new HashMap<>(SHORT_LADDER);
        manyWorkers.put("PAWL_WORKERS", "300");
        assertStrayThreadIsNamed(javaHome, manyWorkers);
    }

    private void assertStrayThreadIsNamed(Path javaHome, Map<String, String> environment) {
        try (Server server = Server.start(folder.resolve("data"), javaHome, environment)) {
            Api api = server.api();
            api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
            ended(api, "NOTHING", "completed");
            assertStrayThreadIsNamed(api, "LEAVE_A_THREAD");
            assertStrayThreadIsNamed(api, "LEAVE_A_VIRTUAL_THREAD");
        }
    }

    private static void assertStrayThreadIsNamed(Api api, String deed) {
        String id = ended(api, deed, "completed").get("id").asText();
        String logs = api.get("/jobs/" + id + "/logs").expect(200).toString();
        assertTrue(logs.contains("Threads that the job started go on after it: rogue-left-behind."), logs);
        String warnings = api.get("/modules/rogue").expect(200).get("warnings").toString();
        assertTrue(warnings.contains("rogue-left-behind (of job " + id + ")"), warnings);
    }

    private static JsonNode failed(Api api, String deed) {
        return ended(api, deed, "failed").get("failure");
    }

    private static JsonNode ended(Api api, String deed, String status) {
        JsonNode job = api.awaitEnd(api.start("rogue", Map.of("deed", deed)));
        assertEquals(status, job.get("status").asText(), job.toString());
        return job;
    }
}

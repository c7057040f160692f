package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that ignore a stop are ended in the documented time, whatever their threads do, and their slots become free. */
class LadderIT {

    /** The stop ladder takes two seconds here. The rest is a margin for a busy machine; these threads would never end by themselves. */
    private static final long LONGEST_MS = 20_000;

    @TempDir
    Path folder;

    private Server server;
    private Api api;

    @BeforeEach
    void startTheServer() {
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_STOP_GRACE", "1s", "PAWL_STOP_ABANDON", "1s", "PAWL_WORKERS", "1"));
        api = server.api();
        api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPIN", "SLEEP_ON", "READ_A_SOCKET", "READ_A_PIPE"})
    void aThreadThatWillNotEndIsGivenUpAndItsOnlySlotGoesToTheNextJob(String deed) {
        String id = started(deed);
        long began = System.nanoTime();
        api.post("/jobs/" + id + "/stop", Map.of()).expect(200);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertEquals("stopped", api.status(id));
        assertTrue(tookMs >= 1_900 && tookMs < LONGEST_MS, "stopped after " + tookMs + " ms");

        JsonNode status = api.get("/status").expect(200);
        assertEquals(1, status.findValue("abandoned_threads").asInt(), status.toString());
        JsonNode module = api.get("/modules/rogue").expect(200);
        assertTrue(module.get("warnings").toString().contains(id), module.toString());
        JsonNode thread = module.at("/lingering_threads/0");
        assertEquals("abandoned", thread.get("kind").asText(), module.toString());
        assertEquals(id, thread.get("job_id").asText(), module.toString());
        assertTrue(
                thread.get("stack").toString().contains("dev.pawl.it.modules.rogue.Misbehaviour"), module.toString());
        String next = api.start("rogue", Map.of("deed", "NOTHING"));
        assertEquals("completed", api.awaitEnd(next).get("status").asText());
    }

    @Test
    void theDurationLimitEndsAJobThatSpins() {
        String id = api.post(
                        "/jobs", Map.of("module_id", "rogue", "inputs", Map.of("deed", "SPIN"), "max_duration", "1s"))
                .expect(200)
                .get("id")
                .asText();
        assertEquals("stopped", api.awaitEnd(id).get("status").asText());
        String logs = api.get("/jobs/" + id + "/logs").expect(200).toString();
        assertTrue(logs.contains("\"Duration limit reached (1s)\""), logs);
    }

    @Test
    void aServerWithAThreadThatWillNotEndStillEndsInTime() {
        started("SPIN");
        long began = System.nanoTime();
        server.terminate();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(tookMs < LONGEST_MS, "ended after " + tookMs + " ms");
    }

    private String started(String deed) {
        String id = api.start("rogue", Map.of("deed", deed));
        Eventually.eventually(
                "the task is running",
                () -> api.get("/jobs/" + id + "/logs").expect(200).toString().contains("at it"));
        return id;
    }
}

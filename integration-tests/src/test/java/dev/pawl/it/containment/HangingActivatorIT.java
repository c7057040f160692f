package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.sleeper.SleeperActivator;
import dev.pawl.it.modules.sleeper.SleeperModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installed bundle whose activator hangs while the server starts or stops. */
class HangingActivatorIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Map<String, String> SHORT = Map.of("PAWL_ACTIVATION_TIMEOUT", "1s");

    @TempDir
    Path folder;

    private Path data;
    private Server server;

    @BeforeEach
    void startWithTheModule() {
        data = folder.resolve("data");
        server = Server.start(data, JAVA, SHORT);
        Map<String, String> activator = Map.of("Bundle-Activator", SleeperActivator.class.getName());
        server.api()
                .upload(ModuleJar.of(SleeperModule.class, "1.0.0", folder, activator), "")
                .expect(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void oneThatHeedsAnInterruptCostsItsModuleAloneAndCanBeTriedAgain() throws IOException {
        server.terminate();
        Path hang = Files.createFile(data.resolve("sleep-at-start"));

        server = Server.start(data, JAVA, SHORT);

        JsonNode sleeper = server.api().get("/modules/sleeper").expect(200);
        assertEquals("failed", sleeper.get("state").asText(), sleeper.toString());
        assertHelloWorks();
        Files.delete(hang);
        server.api().post("/modules/sleeper/enable", Map.of()).expect(200);
        assertReady();
    }

    @Test
    void oneThatHeedsNothingCostsItsModuleAloneUntilTheNextStart() throws IOException {
        server.terminate();
        Path hang = Files.createFile(data.resolve("spin-at-start"));

        server = Server.start(data, JAVA, SHORT);

        JsonNode sleeper = server.api().get("/modules/sleeper").expect(200);
        assertEquals("failed", sleeper.get("state").asText(), sleeper.toString());
        assertTrue(sleeper.toString().contains("its activator has not come back"), sleeper.toString());
        server.awaitSaid(Eventually.PATIENCE, "sleeper 1.0.0 did not start within 1 s");
        assertHelloWorks();
        String refused = server.api()
                .post("/modules/sleeper/enable", Map.of())
                .body()
                .get("detail")
                .asText();
        assertTrue(refused.contains("one of its threads does not end; restart the server first"), refused);
        assertEquals(0, terminateWithin(Duration.ofSeconds(15)));
        assertTrue(server.said().contains("Stopped."), server.said());
        Files.delete(hang);
        server = Server.start(data, JAVA, SHORT);
        assertReady();
    }

    @Test
    void oneThatDoesNotStopHoldsTheServerUpForAStatedTimeOnly() throws IOException {
        Files.createFile(data.resolve("sleep-at-stop"));
        long began = System.nanoTime();

        assertEquals(0, terminateWithin(Duration.ofSeconds(15)));

        assertTrue(System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(900));
    }

    @Test
    void oneThatDoesNotEvenHeedAnInterruptWhenItStopsIsLeftBehindInGoodOrder() throws IOException {
        Files.createFile(data.resolve("spin-at-stop"));

        assertEquals(0, terminateWithin(Duration.ofSeconds(20)));

        assertTrue(server.said().contains("Stopped."), server.said());
        assertFalse(Files.exists(data.resolve("pawl.db-wal")), "the store was not closed");
    }

    @Test
    void aComponentThatHeedsAnInterruptOfTheStartCostsNothingElse() throws IOException {
        server.terminate();
        Files.createFile(data.resolve("sleep-at-activate"));

        server = Server.start(data, JAVA, SHORT);

        server.awaitSaid(Eventually.PATIENCE, "SleeperActivator.hang, and is interrupted");
        assertHelloWorks();
    }

    @Test
    void aComponentThatHeedsNothingEndsThatStartWithASentenceAndIsLeftOutOfTheNext() throws Exception {
        server.terminate();
        Path hang = Files.createFile(data.resolve("spin-at-activate"));

        server = Server.launch(data, JAVA, SHORT);

        assertEquals(1, server.awaitExit(Duration.ofSeconds(40)));
        assertTrue(
                server.said()
                        .contains("sleeper 1.0.0 keeps the server from starting: dev.pawl.it.modules.sleeper"
                                + ".SleeperActivator.hang did not return within 1 s while the server was starting, and"
                                + " ignored an interrupt. It is now disabled: start the server again, and later try the"
                                + " bundle with `pawl module enable sleeper`."),
                server.said());
        assertFalse(server.said().contains("\tat "), server.said());
        server = Server.start(data, JAVA, SHORT);
        JsonNode sleeper = server.api().get("/modules/sleeper").expect(200);
        assertEquals("disabled", sleeper.get("state").asText(), sleeper.toString());
        JsonNode line = server.api().get("/modules/sleeper/history").expect(200).at("/history/0");
        assertEquals("runtime", line.get("by").asText(), line.toString());
        assertHelloWorks();
        Files.delete(hang);
        server.api().post("/modules/sleeper/enable", Map.of()).expect(200);
        assertReady();
    }

    @Test
    void aSignalEndsAStartThatHangsAtOnce() throws IOException {
        server.terminate();
        Files.createFile(data.resolve("spin-at-start"));
        server = Server.launch(data, JAVA, Map.of("PAWL_ACTIVATION_TIMEOUT", "1h"));
        Eventually.eventually(
                Duration.ofSeconds(40), () -> assertTrue(Files.exists(data.resolve("hangs-at-start")), server.said()));

        terminateWithin(Duration.ofSeconds(5));
    }

    private int terminateWithin(Duration limit) {
        return assertTimeoutPreemptively(limit, server::terminate);
    }

    private void assertReady() {
        assertEquals(
                "ready",
                server.api().get("/modules/sleeper").expect(200).get("state").asText());
    }

    private void assertHelloWorks() {
        Api api = server.api();
        assertEquals("ready", api.get("/modules/hello").expect(200).get("state").asText());
    }
}

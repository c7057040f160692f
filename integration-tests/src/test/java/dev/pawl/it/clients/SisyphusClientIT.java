package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The real polling worker of the older system, the unmodified sisyphus-client 1.5.9, against the real distribution. */
@Tag("nightly")
@EnabledIfEnvironmentVariable(
        named = "PAWL_SISYPHUS_CLIENT",
        matches = ".+",
        disabledReason = "PAWL_SISYPHUS_CLIENT names no folder with the sources of sisyphus-client")
class SisyphusClientIT {

    private static final String ID = PollingWorker.ID;
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    /** The project file, which lists the worker's enabled modules; the worker reads it from its working directory. */
    private static final String PROJECT = """
            [tool.poetry]
            version = "1.5.9"

            [tool.client.modules.enabled]
            cleanup = "modules.cleanup.Cleanup"
            steady = "steady.Steady"
            """;

    /** A module for the worker, since those for video need programs that are not installed everywhere. */
    private static final String MODULE = """
            import time
            from box import Box
            from app.exceptions import RunError, ValidationError
            from modules.base import BaseModule

            class Steady(BaseModule):
                def __init__(self, task):
                    super().__init__(task)
                    self.status = Box({"status": "in_progress", "task": "steady"})
                    self.heartbeat.set_data(self.status)

                def validate(self):
                    if "frames" not in self.task:
                        raise ValidationError("frames is missing")

                def run(self):
                    self.set_start_time()
                    for n in range(1, self.task.frames + 1):
                        time.sleep(0.1)
                        if n == self.task.get("fail_at"):
                            raise RunError(f"frame {n} is damaged: '½' & <co>")
                        self.status.info = {"current_frame": n, "total_frames": 100}
                        self.status.progress = n * self.task.get("factor", 1)
                        self.heartbeat.set_data(self.status)
            """;

    @TempDir
    Path folder;

    private int port;
    private Server server;
    private PythonProgram client;

    @BeforeEach
    void startBoth() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        startTheServer();
        Path work = Files.createDirectory(folder.resolve("client"));
        Files.writeString(work.resolve("pyproject.toml"), PROJECT);
        Files.writeString(work.resolve("steady.py"), MODULE);
        Map<String, String> environment = Map.of(
                "API_URL", "http://127.0.0.1:" + port,
                "HOST_UUID", ID,
                "HOSTNAME_OVERRIDE", "encoder01",
                "HEARTBEAT_INTERVAL", "1",
                "QUEUE_POLL_INTERVAL", "1",
                "NETWORK_RETRY_INTERVAL", "1");
        Path sources = Path.of(System.getenv("PAWL_SISYPHUS_CLIENT")).toAbsolutePath();
        client = PythonProgram.start(
                work, work, environment, List.of(sources.resolve("client.py").toString()));
    }

    private void startTheServer() {
        Map<String, String> settings = Map.of("PAWL_AUTH", "off", "PAWL_API_PORT", Integer.toString(port));
        server = Server.start(folder.resolve("data"), JAVA, settings);
    }

    @AfterEach
    void stopBoth() {
        client.close();
        server.close();
    }

    private Api api() {
        return server.api();
    }

    private String enqueue(String title, Object... tasks) {
        return api().post("/queue", Map.of("job_title", title, "tasks", List.of(tasks)))
                .expect(200)
                .get("job_id")
                .asText();
    }

    private static Map<String, Object> steady(Map<String, ?> data) {
        return Map.of("module", "steady", "data", data);
    }

    private void awaitWords(String words) {
        Eventually.eventually(
                Duration.ofSeconds(60), () -> assertTrue(client.said().contains(words), () -> client.said()));
    }

    private void awaitWork(String job) {
        Eventually.eventually(
                Duration.ofSeconds(60),
                () -> assertTrue(api().job(job).get("progress").asDouble() > 0, () -> client.said()));
    }

    @Test
    void itTakesWorksAtAndCompletesJobs() throws Exception {
        Path file = Files.writeString(folder.resolve("[Group] Show 01 &copy.mkv"), "video");
        Map<String, Object> delete = Map.of("module", "cleanup", "data", Map.of("delete", List.of(file.toString())));
        String id = enqueue("Tom &quot;&amp;&quot; [1] ½", steady(Map.of("frames", 60, "factor", 1.94)), delete);
        awaitWork(id);
        Eventually.eventually(
                Duration.ofSeconds(20),
                () -> assertEquals(100, api().job(id).get("progress").asDouble()));
        JsonNode worker = api().get("/workers/" + ID).expect(200);
        assertEquals(id, worker.get("job_id").asText());
        assertEquals("Tom &quot;&amp;&quot; [1] ½", worker.get("job_title").asText());
        assertTrue(worker.get("online_at").isTextual(), worker::toString);
        JsonNode ended = api().awaitEnd(id);
        assertEquals("completed", ended.get("status").asText(), client::said);
        assertEquals(ID, ended.get("worker_id").asText());
        assertEquals("encoder01", ended.at("/info/worker").asText());
        assertEquals(1, ended.get("runs").size());
        assertFalse(Files.exists(file));
        awaitWords("There are currently no jobs on the queue");
        assertTrue(client.isAlive(), client::said);
    }

    @Test
    void aJobThatFailsThereFailsHereWithItsWordsAndOneThatItCannotBeginEndsIt() {
        String failing = enqueue("fails", steady(Map.of("frames", 9, "fail_at", 3)));
        JsonNode ended = api().awaitEnd(failing);
        assertEquals(
                "Failed to run task: frame 3 is damaged: '½' & <co>",
                ended.get("error").asText());
        assertTrue(client.isAlive(), client::said);
        String invalid = enqueue("invalid", steady(Map.of()));
        assertEquals(
                "Could not validate task data: frames is missing",
                api().awaitEnd(invalid).get("error").asText());
        assertEquals(0, client.awaitExit(), "the client is written to exit after it");
    }

    @Test
    void itWorksOnWhileTheServerIsStoppedAndKilledAndStartedAgain() {
        String id = enqueue("long", steady(Map.of("frames", 250)));
        awaitWork(id);
        assertEquals(0, server.terminate());
        startTheServer();
        Eventually.eventually(
                Duration.ofSeconds(30), () -> api().get("/workers/" + ID).expect(200));
        server.kill();
        startTheServer();
        JsonNode ended = api().awaitEnd(id);
        assertEquals("completed", ended.get("status").asText(), client::said);
        assertEquals(1, ended.get("runs").size(), ended::toString);
        String next = enqueue("next", steady(Map.of("frames", 1)));
        assertEquals("completed", api().awaitEnd(next).get("status").asText(), client::said);
    }

    @Test
    void itHeedsWhatIsSwitchedOffAndOutlivesAStopOfItsJob() {
        awaitWords("There are currently no jobs on the queue");
        api().json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
        String id = enqueue("waits", steady(Map.of("frames", 40)));
        awaitWords("The main server queue is disabled");
        api().json("PATCH", "/workers/" + ID, Map.of("disabled", true)).expect(200);
        api().json("PATCH", "/queue", Map.of("disabled", false)).expect(200);
        awaitWords("The worker is disabled from the API server");
        api().json("PATCH", "/workers/" + ID, Map.of("disabled", false)).expect(200);
        awaitWork(id);
        api().post("/jobs/" + id + "/stop", Map.of()).expect(200);
        String next = enqueue("next", steady(Map.of("frames", 1)));
        assertEquals("completed", api().awaitEnd(next).get("status").asText(), client::said);
        assertEquals("stopped", api().status(id));
    }
}

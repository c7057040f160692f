package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.clients.Wire.Response;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests of the older system's polling worker to the real distribution, and the answers that it needs. */
class PollingWorkerIT {

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;
    private static Wire wire;
    private static PollingWorker worker;

    @BeforeAll
    static void startTheServer() {
        Map<String, String> settings = Map.of("PAWL_AUTH", "off", "PAWL_WORKERS", "1");
        server = Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), settings);
        api = server.api();
        wire = Wire.to(server.url(), Library.REQUESTS);
        worker = new PollingWorker(wire);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @AfterEach
    void leaveNothingBehind() {
        api.delete("/queue").expect(204);
        api.delete("/workers/" + PollingWorker.ID);
    }

    private static String enqueue(String title, Object... tasks) {
        return api.post("/queue", Map.of("job_title", title, "tasks", List.of(tasks)))
                .expect(200)
                .get("job_id")
                .asText();
    }

    private static Map<String, Object> task(String module, Map<String, ?> data) {
        return Map.of("module", module, "data", data);
    }

    private static JsonNode self() throws IOException {
        return wire.get("/workers/" + PollingWorker.ID).expect(200);
    }

    private static List<String> log(String job) {
        List<String> lines = new ArrayList<>();
        api.get("/jobs/" + job + "/logs")
                .expect(200)
                .get("logs")
                .forEach(line -> lines.add(
                        line.get("level").asText() + " " + line.get("message").asText()));
        return lines;
    }

    @Test
    void aWorkerIsKnownFromItsFirstHeartbeatOn() throws Exception {
        assertFalse(worker.mayPoll(), "the server does not know the worker yet, so the worker does not poll");
        worker.beatAtStart().expect(204);
        assertTrue(self().get("online_at").isNull(), () -> "\"None\" is not a time");
        assertEquals("startup", self().get("status").asText());
        worker.beatIdle().expect(204);
        assertEquals("2026-01-01T10:00:00.392+00:00", self().get("online_at").asText());
        assertEquals("encoder01", self().get("hostname").asText());
        assertEquals("1.5.9", self().get("version").asText());
        assertTrue(worker.mayPoll());
        assertNull(worker.poll());
    }

    @Test
    void aJobIsHandedOutAsItCameAndShowsTheWorkOnIt() throws Exception {
        worker.beatIdle().expect(204);
        String title = "[Group] Show 01.mkv";
        String id = enqueue(
                title,
                task("encode", Map.of("sources", List.of(title, "{1}.mkv"), "output_file", "[Group] Show 01.mkv")),
                task("mux", Map.of("title", "null", "track", "01")));
        assertTrue(worker.mayPoll());
        JsonNode job = worker.poll();
        assertEquals(id, job.get("job_id").asText());
        assertEquals(title, job.get("job_title").asText());
        assertTrue(job.get("added").isTextual());
        JsonNode data = job.at("/tasks/0/data");
        assertEquals(title, data.get("output_file").textValue());
        assertEquals("{1}.mkv", data.at("/sources/1").textValue());
        assertEquals("null", job.at("/tasks/1/data/title").textValue());
        assertEquals("01", job.at("/tasks/1/data/track").textValue());
        assertEquals("mux", job.at("/tasks/1/module").asText());

        String frames = ", \"info\": {\"current_frame\": 194, \"total_frames\": 100}, \"progress\": 194.0";
        Response held = worker.beatAt(job, "encode", frames);
        assertEquals(204, held.status());
        assertEquals("held", held.headers().get("X-Pawl-Job"));
        JsonNode shown = api.job(id);
        assertEquals("running", shown.get("status").asText());
        assertEquals(PollingWorker.ID, shown.get("worker_id").asText());
        assertEquals(100, shown.get("progress").asDouble());
        assertEquals(194, shown.at("/info/current_frame").asInt());
        assertEquals(id, self().get("job_id").asText());
        assertEquals("encode", self().get("task").asText());
        assertEquals(100, self().get("progress").asDouble());
        worker.beatAt(job, "encode", "").expect(204);
        worker.beatAt(job, "mux", ", \"progress\": -3").expect(204);
        assertEquals(0, self().get("progress").asDouble());

        worker.complete(job, false, "{\"runtime\": \"0:00:20.056139\", \"completed\": true}")
                .expect(204);
        JsonNode ended = api.job(id);
        assertEquals("completed", ended.get("status").asText());
        assertEquals(100, ended.get("progress").asDouble());
        assertEquals("0:00:20.056139", ended.at("/info/runtime").asText());
        assertTrue(ended.get("elapsed_s").asDouble() > 0, ended::toString);
        assertEquals(1, ended.get("runs").size());
        assertEquals(PollingWorker.ID, ended.at("/runs/0/worker_id").asText());
        assertEquals(
                List.of(
                        "INFO Taken by an external worker that did not give a name",
                        "INFO Task encode on encoder01",
                        "INFO Task mux on encoder01",
                        "INFO Completed by external worker " + PollingWorker.ID),
                log(id));
        assertEquals(409, worker.complete(job, false, "{}").status());
        assertFalse(self().has("job_id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"message": "Failed to run task: \\u00bd"} | Failed to run task: ½
            "No space left."                           | No space left.
            ["pass 1", 2]                              | ["pass 1",2]
            17                                         | 17
            null                                       | The external worker reported a failure.
            {}                                         | The external worker reported a failure.
            """)
    void aFailedJobTellsWhatItsWorkerSaidInWhateverForm(String info, String error) throws Exception {
        worker.beatIdle().expect(204);
        String id = enqueue("fails", task("encode", Map.of()));
        JsonNode job = worker.poll();
        assertTrue(job.at("/tasks/0/data").isObject(), "the worker would exit if there were no data");
        worker.beatAt(job, "encode", ", \"info\": " + info).expect(204);
        worker.complete(job, true, info).expect(204);
        JsonNode ended = api.job(id);
        assertEquals("failed", ended.get("status").asText());
        assertEquals(error, ended.get("error").asText());
        List<String> log = log(id);
        assertTrue(
                log.get(log.size() - 1).startsWith("ERROR Failed at external worker " + PollingWorker.ID + ": "),
                log::toString);
    }

    @Test
    void aJobThatEndsBeforeItsFirstHeartbeatBearsTheWorkersName() throws Exception {
        worker.beatIdle().expect(204);
        String id = enqueue("short", task("move", Map.of()));
        worker.complete(
                        worker.poll(),
                        false,
                        "{\"worker\": \"encoder01\", \"worker_id\": \"" + PollingWorker.ID + "\"}")
                .expect(204);
        assertEquals(PollingWorker.ID, api.job(id).get("worker_id").asText());
    }

    @Test
    void nothingInAJobLooksLikeHtml() throws Exception {
        String title = "Tom &amp; &quot;Jerry&quot; ½ <b>" + " &copy 2".repeat(1_000);
        enqueue(title, task("encode", Map.of("a&b", "x&copy.mkv")));
        JsonNode job = worker.poll();
        assertEquals(title, job.get("job_title").asText());
        assertEquals("x&copy.mkv", job.at("/tasks/0/data/a&b").asText());
        worker.beatAt(job, "encode", "").expect(204);
        assertEquals(title, self().get("job_title").asText());
        worker.complete(job, false, "{}").expect(204);
    }

    @Test
    void whatIsSwitchedOffIsSaidWhereTheWorkerLooks() throws Exception {
        worker.beatIdle().expect(204);
        String id = enqueue("waits", task("encode", Map.of()));
        assertTrue(wire.send("PATCH", "/queue", "{\"disabled\": true}")
                .expect(200)
                .get("disabled")
                .booleanValue());
        assertFalse(worker.mayPoll());
        assertNull(worker.poll());
        assertEquals("queue_paused", api.job(id).at("/reason/code").asText());
        wire.send("PATCH", "/queue", "{\"disabled\": false}").expect(200);
        wire.send("PATCH", "/workers/" + PollingWorker.ID, "{\"disabled\": true}")
                .expect(200);
        assertFalse(worker.mayPoll());
        wire.send("PATCH", "/workers/" + PollingWorker.ID, "{\"disabled\": false}")
                .expect(200);
        assertTrue(worker.mayPoll());
        assertEquals(id, worker.poll().get("job_id").asText());
    }

    @Test
    void onlyWhatThisServerCannotDoAloneIsHandedOut() throws Exception {
        String busy = api.start("hello", Map.of("name", "x", "count", 1_000, "delay_ms", 1_000));
        String waiting = api.start("hello", Map.of("name", "x", "count", 1));
        assertNull(worker.poll(), "the worker does not have the module hello and would fail the job");
        String both = enqueue("both", task("encode", Map.of()), task("hello", Map.of("name", "x")));
        assertTrue(
                api.job(both).at("/reason/sentence").asText().contains("partly here and partly elsewhere"),
                () -> api.job(both).toString());
        JsonNode job = worker.poll();
        assertEquals(both, job.get("job_id").asText());
        worker.complete(job, false, "{}").expect(204);
        api.post("/jobs/" + busy + "/stop", Map.of()).expect(200);
        assertEquals("completed", api.awaitEnd(waiting).get("status").asText());
    }

    @Test
    void theServersStopOfAJobReachesTheWorker() throws Exception {
        worker.beatIdle().expect(204);
        String id = enqueue("stopped", task("encode", Map.of()));
        JsonNode job = worker.poll();
        worker.beatAt(job, "encode", "").expect(204);
        api.post("/jobs/" + id + "/stop", Map.of()).expect(200);
        assertEquals("ended", worker.beatAt(job, "encode", "").headers().get("X-Pawl-Job"));
        assertEquals(409, worker.complete(job, false, "{}").status());
        assertEquals("stopped", api.status(id));
    }

    @Test
    void aDocumentTakesTheNameOfItsAddress() throws Exception {
        wire.send("POST", "/data/encode/x265", "{\"name\": \"another\", \"options\": {\"crf\": 18}}")
                .expect(204);
        JsonNode document = wire.get("/data/encode/x265").expect(200);
        assertEquals("x265", document.get("name").asText());
        assertEquals(18, document.at("/options/crf").asInt());
        assertEquals(404, wire.get("/data/encode/another").status());
        wire.send("DELETE", "/data/encode/x265", null).expect(204);
    }
}

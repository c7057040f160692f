package dev.pawl.it.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.guarded.GuardedModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.AnswerCheck;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.MetricsText;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of events of a real server. */
class EventStreamsIT {

    /** More would measure this process, which reads for all of them; a thousand are in the tests of the streams. */
    private static final int CROWD = 200;

    /** Longer than a server waits for a reader that takes nothing. */
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Path data;
    private static Server server;
    private static Api api;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void startTheServer() {
        data = folder.resolve("data");
        start();
    }

    private static void start() {
        server = Server.start(data, Path.of(System.getProperty("java.home")), Map.of());
        api = server.api();
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    private static String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    private EventReader open(String path) throws Exception {
        return open(path, null);
    }

    private EventReader open(String path, @Nullable String lastId) throws Exception {
        return EventReader.open(http, server.url().resolve(path), token(), lastId);
    }

    private static Map<String, Object> greeting(int count) {
        return Map.of("name", "World", "count", count, "delay_ms", 1);
    }

    private static String bounded(String module) {
        return api.post("/tokens", Map.of("name", "of-" + module, "role", "viewer", "modules", List.of(module)))
                .expect(201)
                .get("token")
                .asText();
    }

    @Test
    void eachTypeOfEventIsSeenAndIsAsItIsDescribed() throws Exception {
        try (EventReader reader = open("/events")) {
            String id = api.start("hello", greeting(1));
            api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
            api.json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
            api.json("PATCH", "/queue", Map.of("disabled", false)).expect(200);
            api.post("/workers/encoder-1", Map.of("status", "idle", "hostname", "box"))
                    .expect(204);
            api.json(
                            "PUT",
                            "/schedules/nightly",
                            Map.of("cron", "@daily", "job", Map.of("module_id", "hello", "inputs", greeting(1))))
                    .expect(200);
            api.post("/schedules/nightly/run", Map.of()).expect(200);
            api.post("/callbacks", Map.of("source", "renderer", "status", "done", "payload", Map.of("secret", "x")))
                    .expect(200);
            reader.await("the callback is there", event -> event.is("callback", "source", "renderer"));
            reader.await("the job ends", event -> event.is("job", "id", id) && event.is("job", "status", "completed"));
            reader.await("the module is there", event -> event.is("module", "change", "installed"));
            reader.await("the queue goes on", event -> event.is("queue", "change", "resumed"));
            reader.await("the worker is there", event -> event.is("worker", "worker_id", "encoder-1"));
            reader.await("the schedule is made", event -> event.is("schedule", "change", "added"));
            EventReader.Event fired =
                    reader.await("the schedule fires", event -> event.is("schedule", "change", "fired"));
            reader.await(
                    "its job ends",
                    event -> event.is("job", "id", fired.data().get("job_id").asText())
                            && event.is("job", "status", "completed"));
            assertDescribed("Events", reader.events());
            assertEquals(
                    "no-store",
                    reader.answer().headers().firstValue("Cache-Control").orElse(""));
            assertEquals(
                    "no",
                    reader.answer().headers().firstValue("X-Accel-Buffering").orElse(""));
        }
    }

    /** Holds the data of events against the description of the API. */
    private void assertDescribed(String shape, List<EventReader.Event> events) throws Exception {
        ObjectMapper json = new ObjectMapper();
        AnswerCheck check = new AnswerCheck(json.convertValue(openApi(), Object.class));
        for (EventReader.Event event : events) {
            Object value = json.convertValue(Map.of(event.name(), event.data()), Object.class);
            assertEquals(
                    List.of(), check.wrong(Map.of("$ref", "#/components/schemas/" + shape), value), event::toString);
        }
    }

    private JsonNode openApi() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.url().resolve("/openapi.json")).build(), BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aCutConnectionGoesOnWithoutAGap() throws Exception {
        String lastId;
        try (EventReader reader = open("/events?types=job")) {
            api.awaitEnd(api.start("hello", greeting(1)));
            reader.await("the job ends", event -> event.is("job", "status", "completed"));
            lastId = reader.lastId();
        }
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            missed.add(api.start("hello", greeting(1)));
        }
        missed.forEach(api::awaitEnd);
        try (EventReader again = open("/events?types=job&last_event_id=" + lastId)) {
            for (String id : missed) {
                again.await("it ends", event -> event.is("job", "id", id) && event.is("job", "status", "completed"));
                List<String> changes = again.events().stream()
                        .filter(event -> event.is("job", "id", id))
                        .map(event -> event.data().get("change").asText())
                        .filter(change -> !change.equals("progress"))
                        .toList();
                assertEquals(List.of("added", "started", "ended"), changes);
            }
            assertFalse(again.names().contains("reset"));
        }
    }

    @Test
    void afterARestartAReaderIsTold() throws Exception {
        EventReader before = open("/events");
        server.terminate();
        EventReader.Event end = before.await(
                "the server says that it stops", event -> event.name().equals("end"));
        assertEquals("server_stopping", end.data().get("reason").asText());
        before.awaitEnd();
        start();
        try (EventReader after = open("/events", before.lastId())) {
            EventReader.Event reset =
                    after.await("the reader is told", event -> event.name().equals("reset"));
            assertEquals("another_life", reset.data().get("reason").asText());
            api.start("hello", greeting(1));
            after.await("events go on", event -> event.name().equals("job"));
        }
    }

    @Test
    void aJobIsToldWithItsWholeLogInOrderUntilItsEnd() throws Exception {
        String id = api.start("hello", Map.of("name", "World", "count", 50, "delay_ms", 10));
        EventReader reader = open("/jobs/" + id + "/events");
        reader.awaitEnd();
        List<EventReader.Event> events = reader.events();
        assertTrue(events.get(0).is("job", "change", "present"), () -> events.get(0)
                .toString());
        EventReader.Event last = events.get(events.size() - 1);
        assertEquals("job_ended", last.data().get("reason").asText());
        assertEquals("completed", last.data().get("status").asText());
        List<Long> lines = events.stream()
                .filter(event -> event.name().equals("log"))
                .map(event -> event.data().get("sequence").asLong())
                .toList();
        assertTrue(lines.size() >= 50, () -> lines.size() + " lines");
        assertEquals(LongStream.rangeClosed(1, lines.size()).boxed().toList(), lines);
        List<EventReader.Event> ends = events.stream()
                .filter(event -> event.is("job", "status", "completed"))
                .toList();
        assertEquals(1, ends.size());
        assertDescribed("JobEvents", events);
        try (EventReader again = open("/jobs/" + id + "/events", reader.lastId())) {
            assertEquals(204, again.answer().statusCode(), "a browser connects no more");
        }
    }

    @Test
    void aBoundedTokenSeesItsModulesAloneAndARevokedOneNothingMore() throws Exception {
        String token = bounded("hello");
        String self = api.get("/tokens").expect(200).get("tokens").findParents("id").stream()
                .filter(one -> one.path("name").asText().equals("of-hello"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
        EventReader reader = EventReader.open(http, server.url().resolve("/events"), token, null);
        api.post("/queue", Map.of("job_title", "far", "tasks", List.of(Map.of("module", "far", "data", Map.of()))))
                .expect(200);
        String id = api.start("hello", greeting(1));
        reader.await("the job ends", event -> event.is("job", "id", id) && event.is("job", "status", "completed"));
        assertTrue(
                reader.events().stream().allMatch(event -> event.is("job", "module_id", "hello")),
                () -> reader.events().toString());
        api.delete("/tokens/" + self).expect(204);
        EventReader.Event end =
                reader.await("the stream ends", event -> event.name().equals("end"));
        assertEquals("token_ended", end.data().get("reason").asText());
        reader.awaitEnd();
    }

    @Test
    void secretsAreInNoEvent() throws Exception {
        api.upload(ModuleJar.of(GuardedModule.class, "1.0.0", folder), "").expect(200);
        try (EventReader reader = open("/events?types=job")) {
            String id = api.post(
                            "/jobs", Map.of("module_id", "guarded", "inputs", Map.of("password", "hunter2hunter2")))
                    .expect(200)
                    .get("id")
                    .asText();
            api.awaitEnd(id);
            reader.await(
                    "the job ends",
                    event -> event.is("job", "id", id)
                            && !event.data().path("completed_at").isNull());
            EventReader all = open("/jobs/" + id + "/events");
            all.awaitEnd();
            assertFalse(reader.events().toString().contains("hunter2"));
            assertFalse(all.events().toString().contains("hunter2"));
        }
    }

    @Test
    void aReaderThatTakesNothingIsCutAndACrowdOfOthersIsNot() throws Exception {
        List<EventReader> crowd = new ArrayList<>();
        try (Socket stuck = stuckReader()) {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(open("/events?types=job"));
            }
            String title = "t".repeat(9_000);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) { // more than the system buffers for a client
                ids.add(api.post("/jobs", Map.of("module_id", "hello", "job_title", title, "inputs", greeting(1)))
                        .expect(200)
                        .get("id")
                        .asText());
            }
            ids.forEach(api::awaitEnd);
            for (EventReader reader : crowd) {
                reader.await(
                        "each reader sees the last job's end",
                        event -> event.is("job", "id", ids.get(59)) && event.is("job", "status", "completed"));
            }
            Eventually.eventually("the stuck reader is cut", LONG, () -> cuts() >= 1);
            assertTrue(stuck.isConnected());
        } finally {
            for (EventReader reader : crowd) {
                reader.close();
            }
        }
    }

    /** A client that asks for events and reads none of them. */
    private static Socket stuckReader() throws IOException {
        URI url = server.url();
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()));
        socket.getOutputStream()
                .write(("GET /events HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer " + token()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private double cuts() throws Exception {
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(server.url().resolve("/metrics"))
                        .header("Authorization", "Bearer " + token())
                        .build(),
                BodyHandlers.ofString());
        return MetricsText.read(page.body())
                .value("pawl_event_readers_cut_total", Map.of())
                .orElse(0);
    }
}

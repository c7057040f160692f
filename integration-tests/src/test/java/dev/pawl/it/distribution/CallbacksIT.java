package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Told;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks of a real server to a real receiver, over kills, stops and receivers that are down. */
class CallbacksIT {

    private static final int ROUNDS = 6;
    private static final int JOBS = 25;
    private static final Map<String, String> LOCAL = Map.of("PAWL_CALLBACK_HOSTS", "127.0.0.1");
    private static final Path DOCS = Path.of(System.getProperty("pawl.root")).resolve("docs/callbacks.md");

    @TempDir
    Path folder;

    private Server start() {
        return Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), LOCAL);
    }

    private static String job(Api api, String url, int count) {
        return api.post(
                        "/jobs",
                        Map.of(
                                "module_id",
                                "hello",
                                "inputs",
                                Map.of("name", "World", "count", count, "delay_ms", 5),
                                "callback_url",
                                url))
                .expect(200)
                .get("id")
                .asText();
    }

    @Test
    void everyJobThatEndsIsToldWithOneIdHoweverOftenTheServerIsKilled() throws Exception {
        Random random = new Random(16);
        try (CallbackReceiver receiver = CallbackReceiver.at(0)) {
            receiver.answering(
                    told -> { // slow enough that kills meet requests under way
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(30)));
                        return new CallbackReceiver.Reply(200, Map.of(), "");
                    });
            for (int round = 0; round < ROUNDS; round++) {
                try (Server server = start()) {
                    int before = receiver.told().size();
                    for (int n = 0; n < JOBS; n++) {
                        job(server.api(), receiver.url("/"), 1 + random.nextInt(8));
                    }
                    Eventually.eventually(
                            "some are told", () -> receiver.told().size() > before + random.nextInt(JOBS / 2));
                    server.kill();
                }
            }
            try (Server server = start()) {
                Api api = server.api();
                List<String> ids = new ArrayList<>();
                api.get("/jobs?limit=1000")
                        .expect(200)
                        .get("jobs")
                        .forEach(job -> ids.add(job.get("id").asText()));
                assertTrue(ids.size() >= ROUNDS * JOBS, ids.size() + " jobs");
                Set<String> expected = ids.stream()
                        .map(id -> id + "." + api.awaitEnd(id).get("status").asText())
                        .collect(Collectors.toCollection(TreeSet::new));
                Eventually.eventually(() -> assertEquals(expected, new TreeSet<>(receiver.deliveries())));
                for (String id : ids) {
                    Eventually.eventually("the delivery of " + id + " is known", () -> "delivered"
                            .equals(callback(api, id).get("state").asText()));
                }
                JsonNode check = api.post("/store/check", Map.of()).expect(200);
                assertEquals(0, check.get("defects").size(), check.toString());
            }
        }
    }

    private static JsonNode callback(Api api, String id) {
        JsonNode callbacks = api.job(id).get("callbacks");
        assertEquals(1, callbacks.size(), callbacks.toString());
        return callbacks.get(0);
    }

    @Test
    void aReceiverThatIsDownIsToldWhenItIsBackThoughTheServerWasKilledMeanwhile() throws Exception {
        int port;
        try (CallbackReceiver receiver = CallbackReceiver.at(0)) {
            port = receiver.port();
        }
        String id;
        try (Server server = start()) {
            Api api = server.api();
            id = job(api, "http://127.0.0.1:" + port + "/", 1);
            Eventually.eventually(
                    "a try has failed", () -> callback(api, id).get("tries").size() == 1);
            JsonNode failed = callback(api, id);
            assertEquals("waiting", failed.get("state").asText());
            assertTrue(failed.at("/tries/0/error").asText().contains("cannot be reached"), failed.toString());
            assertTrue(failed.at("/tries/0/status").isNull(), failed.toString());
            server.kill();
        }
        try (CallbackReceiver receiver = CallbackReceiver.at(port);
                Server server = start()) {
            Eventually.eventually(
                    "it is told", Duration.ofSeconds(60), () -> !receiver.told().isEmpty());
            assertEquals(Set.of(id + ".completed"), receiver.deliveries());
            Eventually.eventually("that is known", () -> "delivered"
                    .equals(callback(server.api(), id).get("state").asText()));
            server.api()
                    .post("/jobs/" + id + "/callbacks/completed/retry", Map.of())
                    .expect(200);
            Eventually.eventually("it is told again", () -> receiver.told().size() == 2);
            assertEquals(1, receiver.deliveries().size());
            JsonNode audit = server.api().get("/audit?action=callback.retry").expect(200);
            assertEquals(id + ".completed", audit.at("/entries/0/target").asText(), audit.toString());
        }
    }

    @Test
    @NeedsProgram({"openssl", "python3"})
    void jobsOfSchedulesTellAndTheProgramsOfTheDocumentationKnowThatItIsGenuine() throws Exception {
        try (CallbackReceiver receiver = CallbackReceiver.at(0);
                Server server = start()) {
            Api api = server.api();
            Map<String, Object> job = Map.of(
                    "module_id",
                    "hello",
                    "inputs",
                    Map.of("name", "Wörld"),
                    "callback_url",
                    receiver.url("/"),
                    "callback_events",
                    List.of("running", "completed"));
            JsonNode schedule = api.json("PUT", "/schedules/hourly", Map.of("cron", "@hourly", "job", job))
                    .expect(200);
            assertEquals(receiver.url("/"), schedule.at("/job/callback_url").asText());
            api.post("/schedules/hourly/run", Map.of()).expect(200);
            Eventually.eventually("both events are told", () -> receiver.told().size() == 2);
            Path key = folder.resolve("data/callback.key");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
            for (Told told : receiver.told()) {
                for (List<String> program : programs()) {
                    String time = told.headers().get("x-pawl-timestamp");
                    String signature = told.headers().get("x-pawl-signature");
                    assertEquals(0, run(program, key, time, signature, told.body()), program.toString());
                    assertTrue(run(program, key, time, signature, told.body() + " ") != 0, program.toString());
                    String later = String.valueOf(Long.parseLong(time) + 1);
                    assertTrue(run(program, key, later, signature, told.body()) != 0, program.toString());
                }
            }
        }
    }

    @Test
    void addressesOfThisMachineAreRefusedUnlessTheyAreNamed() {
        try (Server server = Server.start(folder.resolve("data"))) {
            JsonNode refused = server.api()
                    .post(
                            "/jobs",
                            Map.of(
                                    "module_id",
                                    "hello",
                                    "inputs",
                                    Map.of("name", "World"),
                                    "callback_url",
                                    "http://localhost:9000/"))
                    .expect(400);
            assertEquals("PAWL-104", refused.get("code").asText());
            assertTrue(refused.get("detail").asText().startsWith("callback_url: "), refused.toString());
            assertTrue(refused.get("detail").asText().contains("PAWL_CALLBACK_HOSTS"), refused.toString());
        }
    }

    /** The programs of the documentation, as commands that take the file of the key, the timestamp and the signature. */
    private List<List<String>> programs() throws Exception {
        String text = Files.readString(DOCS);
        Path shell = write("verify.sh", block(text, "sh"));
        Path python = write("verify.py", block(text, "python"));
        Path java = write("Verify.java", block(text, "java"));
        String jvm = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                List.of("sh", shell.toString()), List.of("python3", python.toString()), List.of(jvm, java.toString()));
    }

    /** The last block in a language: before it, the page shows how callbacks are asked for. */
    private static String block(String text, String language) {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```").matcher(text);
        String last = "";
        while (block.find()) {
            last = block.group(1);
        }
        assertFalse(last.isEmpty(), "no example in " + language);
        return last;
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static int run(List<String> program, Path key, String time, String signature, String body)
            throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(key.toString(), time, signature));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(body.getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the program ends");
        return process.exitValue();
    }
}

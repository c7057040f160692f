package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.guarded.GuardedModule;
import dev.pawl.it.modules.moved.MovedModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of modules, keys and work folders of servers that share a store. */
class ClusterSettingsIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SETTINGS = "/modules/guarded/settings";

    @TempDir
    private static Path folder;

    private static Path work;
    private static Cluster cluster;
    private static Server one;
    private static Server two;

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster(folder);
        work = folder.resolve("work");
        one = cluster.start("one", Map.of("PAWL_WORK_DIR", work.toString()));
        two = cluster.start("two", Map.of("PAWL_WORK_DIR", work.toString()));
        one.api().upload(ModuleJar.of(MovedModule.class, "1.0.0", folder), "").expect(200);
        one.api().upload(ModuleJar.of(GuardedModule.class, "1.0.0", folder), "").expect(200);
        Eventually.eventually(
                LONG, () -> assertEquals(200, two.api().get("/modules/guarded").status()));
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static HttpResponse<String> put(Server server, String name, String tag, String apiKey) throws Exception {
        HttpRequest.Builder request = request(server, name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"api_key\":\"" + apiKey + "\"}"));
        return send(tag.isEmpty() ? request : request.header("If-Match", tag));
    }

    private static String tag(Server server, String name) throws Exception {
        return send(request(server, name)).headers().firstValue("ETag").orElseThrow();
    }

    private static HttpRequest.Builder request(Server server, String name) throws Exception {
        String token =
                Files.readString(folder.resolve(name).resolve("admin.token")).strip();
        return HttpRequest.newBuilder(server.url().resolve(SETTINGS)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String digest(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<JsonNode> resultsOf(Api api) {
        String job = api.start("guarded", Map.of("password", "a secret of the job"));
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        return api.results(job);
    }

    @Test
    void aSecretSettingThatIsMadeOnOneServerIsInForceOnTheOthersAndOutlivesIt() throws Exception {
        Server three = cluster.start("three");
        Eventually.eventually(
                LONG,
                () -> assertEquals(200, three.api().get("/modules/guarded").status()));
        assertEquals(200, put(three, "three", "", "key of all servers").statusCode());
        String tag = tag(three, "three");
        Eventually.eventually(LONG, () -> assertEquals(tag, tag(one, "one")));
        Eventually.eventually(LONG, () -> assertEquals(tag, tag(two, "two")));
        three.kill();
        for (Server server : List.of(one, two)) {
            for (JsonNode result : resultsOf(server.api())) {
                assertEquals(digest("key of all servers"), result.get("api_key").asText());
                assertEquals(
                        digest("a secret of the job"), result.get("password").asText());
            }
        }
    }

    @Test
    void settingsChangeOnTheConditionThatNoServerHasChangedThem() throws Exception {
        assertEquals(200, put(one, "one", "", "first").statusCode());
        String tag = tag(one, "one");
        assertEquals(200, put(two, "two", tag, "second").statusCode());
        assertNotEquals(tag, tag(two, "two"));
        assertEquals(412, put(one, "one", tag, "third").statusCode());
        assertEquals(412, put(two, "two", tag, "third").statusCode());
        Eventually.eventually(LONG, () -> assertEquals(tag(two, "two"), tag(one, "one")));
    }

    @Test
    void aJobThatMovesToAnotherServerFindsTheWorkFolderThatTheyShare() throws Exception {
        assertEquals(List.of("true []", "false [\"of-run-1\"]"), runsOfAMovedJob("four", work));
    }

    @Test
    void aJobThatMovesToAServerWithOtherWorkFoldersFindsAnEmptyOne() throws Exception {
        assertEquals(List.of("true []", "true []"), runsOfAMovedJob("five", folder.resolve("work of five")));
    }

    /** The findings of the runs of a job that begins on a server which stops. */
    private static List<String> runsOfAMovedJob(String name, Path own) throws Exception {
        Server stopped = cluster.start(name, Map.of("PAWL_WORK_DIR", own.toString(), "PAWL_WORKERS", "1"));
        Eventually.eventually(
                LONG,
                () -> assertEquals(200, stopped.api().get("/modules/moved").status()));
        String job = stopped.api().start("moved", Map.of());
        Eventually.eventually(LONG, () -> assertEquals(1, one.api().results(job).size()));
        assertTrue(Files.exists(own.resolve(job)), "it does not run there");
        stopped.terminate();
        assertEquals("completed", one.api().awaitEnd(job).get("status").asText());
        Eventually.eventually(LONG, () -> assertFalse(Files.exists(work.resolve(job))));
        return one.api().results(job).stream()
                .map(result -> result.get("fresh").asText() + " " + result.get("files"))
                .toList();
    }

    @Test
    void aServerWithAnotherKeyDoesNotStartAndSaysWhatToDo() throws Exception {
        Path another = Files.createDirectories(folder.resolve("elsewhere")).resolve("another.key");
        Server stranger = cluster.launch("stranger", Map.of("PAWL_SECRET_KEY_FILE", another.toString()));
        assertFalse(stranger.awaitReady(Duration.ofSeconds(60)));
        assertTrue(stranger.awaitExit(Duration.ofSeconds(60)) != 0);
        assertTrue(stranger.said().contains(another.toString()), stranger::said);
        assertTrue(stranger.said().contains("PAWL_SECRET_KEY_FILE"), stranger::said);
        assertFalse(Files.exists(another), "it made a key");
    }
}

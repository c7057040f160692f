package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three equal servers on one database. */
class ClusterIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static Cluster cluster;
    private static Server one;
    private static Server two;

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster(folder);
        one = cluster.start("one");
        two = cluster.start("two");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void jobsOfAKilledServerGoOnFromTheirCheckpointsOnTheOthers() {
        Server three = cluster.start("three");
        Map<String, Integer> jobs = new LinkedHashMap<>();
        List<Server> servers = List.of(one, two, three);
        for (int n = 0; n < 24; n++) {
            int count = 40 + n;
            jobs.put(
                    servers.get(n % 3).api().start("hello", Map.of("name", "W" + n, "count", count, "delay_ms", 100)),
                    count);
        }
        Eventually.eventually(
                "all run somewhere", () -> jobs.keySet().stream().allMatch(id -> results(one.api(), id) > 2));

        three.kill();

        Api api = two.api();
        jobs.forEach((id, count) -> {
            Eventually.eventually(
                    LONG,
                    () -> assertEquals(
                            "completed", api.status(id), () -> api.job(id).toString()));
            assertEquals(
                    IntStream.rangeClosed(1, count).boxed().toList(),
                    api.results(id).stream()
                            .map(row -> row.get("iteration").asInt())
                            .toList());
        });
        assertTrue(one.api().get("/audit/verify").expect(200).get("sound").asBoolean());
    }

    @Test
    void aServerThatIsStartedAgainAfterAKillDoesNotWaitForItsOwnLease() {
        Server before = cluster.start("again");
        String id = before.api().start("hello", Map.of("name", "World", "count", 30, "delay_ms", 100));
        Eventually.eventually("the job runs", () -> results(one.api(), id) > 2);
        before.kill();

        Server after = cluster.start("again");

        after.awaitSaid(LONG, "The server that had this data folder before has ended; its jobs go on at once.");
        assertEquals("completed", after.api().awaitEnd(id).get("status").asText());
        assertEquals(0, after.terminate());
    }

    @Test
    void aModuleThatIsUploadedToOneServerIsUpdatedOnAllWhileItsJobsRun() {
        Api first = one.api();
        first.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        Eventually.eventually(LONG, () -> assertEquals("1.0.0", version(two)));
        List<String> jobs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            Api api = (n % 2 == 0 ? one : two).api();
            jobs.add(api.start("steps", Map.of("steps", 60, "pause_ms", 100, "every", 2)));
        }
        Eventually.eventually("all run", () -> jobs.stream().allMatch(id -> results(first, id) > 2));

        two.api().upload(ModuleJar.of(StepsModule.class, "2.0.0", folder), "").expect(200);

        Eventually.eventually(LONG, () -> assertEquals("2.0.0", version(one)));
        for (String id : jobs) {
            Eventually.eventually(
                    LONG,
                    () -> assertEquals(
                            "completed", first.status(id), () -> first.job(id).toString()));
            assertEquals(
                    IntStream.rangeClosed(1, 60).boxed().toList(),
                    first.results(id).stream()
                            .map(row -> row.get("step").asInt())
                            .toList());
        }
    }

    @Test
    void aServerThatIsDrainedThroughAnotherHandsItsJobsOverAtOnceAndGoesOnToAnswer() {
        Api api = one.api();
        String drained = two.api().get("/status").expect(200).get("worker_id").asText();
        Map<String, Object> input = Map.of("name", "D", "count", 400, "delay_ms", 100);
        List<String> jobs = IntStream.range(0, 4)
                .mapToObj(n -> two.api().start("hello", input))
                .toList();
        Eventually.eventually("all run", () -> jobs.stream().allMatch(id -> results(api, id) > 2));

        api.json("PATCH", "/workers/" + drained, Map.of("drain", true)).expect(200);

        Eventually.eventually("two says that it is drained", () -> api.get("/workers/" + drained)
                .expect(200)
                .path("drain_state")
                .asText()
                .equals("drained"));
        String later = two.api().start("hello", Map.of("name", "L", "count", 1));
        Eventually.eventually(
                LONG, () -> assertEquals("completed", two.api().status(later), "a job that came through it"));
        for (String id : jobs) {
            Eventually.eventually("it goes on", () -> api.status(id).equals("running"));
            JsonNode runs = api.job(id).path("runs");
            for (JsonNode run : runs) {
                boolean isLast =
                        run.get("epoch").equals(runs.get(runs.size() - 1).get("epoch"));
                assertEquals(
                        isLast ? "running" : "interrupted", run.get("outcome").asText(), runs.toString());
                assertTrue(!isLast || !run.get("worker_id").asText().equals(drained), runs.toString());
            }
        }
        assertEquals(503, two.api().get("/status/health").status());
        assertEquals(200, two.api().get("/status/health?check=live").status());
        assertEquals(200, api.get("/status/health").status());

        two.api().json("PATCH", "/workers/" + drained, Map.of("drain", false)).expect(200);

        assertEquals(200, two.api().get("/status/health").status());
        jobs.forEach(id -> api.post("/jobs/" + id + "/stop", Map.of()).expect(200));
    }

    private static int results(Api api, String id) {
        return api.get("/jobs/" + id + "/results?limit=1")
                .expect(200)
                .get("total")
                .asInt();
    }

    private static String version(Server server) {
        Api.Answer answer = server.api().get("/modules/steps");
        JsonNode module = answer.status() == 200 ? answer.body() : null;
        return module != null && "ready".equals(module.get("state").asText())
                ? module.get("version").asText()
                : "";
    }
}

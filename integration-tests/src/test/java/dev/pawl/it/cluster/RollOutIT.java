package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** New versions are rolled out over three servers while jobs run on all of them. */
@Tag("nightly")
class RollOutIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final Map<String, String> SETTINGS = Map.of("PAWL_ROLL_OUT_PROVING", "3s", "PAWL_WORKERS", "32");

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void startThreeServersWithAFirstVersion() throws Exception {
        cluster = new Cluster(folder);
        NAMES.forEach(name -> cluster.start(name, SETTINGS));
        upload("one", "1.0.0", "").expect(200);
        NAMES.forEach(name -> awaitVersion(name, "1.0.0"));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    private Api api(String name) {
        return cluster.servers().get(name).api();
    }

    private Api.Answer upload(String name, String version, String query) {
        return api(name).upload(jar(version), query);
    }

    private Path jar(String version) {
        Path jar = folder.resolve(StepsModule.class.getPackageName() + "-" + version + ".jar");
        return jar.toFile().exists() ? jar : ModuleJar.of(StepsModule.class, version, folder);
    }

    private String version(String name) {
        Api.Answer answer = api(name).get("/modules/steps");
        return answer.status() == 200
                        && "ready".equals(answer.body().get("state").asText())
                ? answer.body().get("version").asText()
                : "";
    }

    private void awaitVersion(String name, String version) {
        Eventually.eventually(LONG, () -> assertEquals(version, version(name), () -> name + " " + rollOut("two")));
    }

    private JsonNode rollOut(String name) {
        return api(name).get("/modules/steps").expect(200).get("roll_out");
    }

    private void awaitEndOfRollOut() {
        Eventually.eventually(
                LONG,
                () -> assertTrue(rollOut("two").isNull(), () -> rollOut("two").toString()));
    }

    private Map<String, Integer> startJobs(int number, int pauseMs, int every) {
        Map<String, Integer> jobs = new LinkedHashMap<>();
        for (int n = 0; n < number; n++) {
            int steps = 200 + n;
            jobs.put(
                    api(NAMES.get(n % NAMES.size()))
                            .start("steps", Map.of("steps", steps, "pause_ms", pauseMs, "every", every)),
                    steps);
        }
        Eventually.eventually(LONG, () -> jobs.keySet()
                .forEach(id -> assertTrue(api("one").job(id).get("progress").asInt() > 0 || results(id) > 1)));
        return jobs;
    }

    private int results(String id) {
        return api("one")
                .get("/jobs/" + id + "/results?limit=1")
                .expect(200)
                .get("total")
                .asInt();
    }

    /** Each step once, in order, and none with an older version after a newer one. */
    private void judge(Map<String, Integer> jobs, boolean mayGoBack) {
        List<String> wrong = new ArrayList<>();
        jobs.forEach((id, steps) -> {
            Eventually.eventually(
                    LONG,
                    () -> assertEquals("completed", api("two").status(id), () -> api("two")
                            .job(id)
                            .toString()));
            List<JsonNode> rows = api("two").results(id);
            List<Integer> found =
                    rows.stream().map(row -> row.get("step").asInt()).toList();
            List<String> versions =
                    rows.stream().map(row -> row.get("version").asText()).toList();
            boolean isInOrder =
                    mayGoBack || versions.equals(versions.stream().sorted().toList());
            if (!found.equals(IntStream.rangeClosed(1, steps).boxed().toList()) || !isInOrder) {
                wrong.add(id + " " + found + " " + versions);
            }
        });
        assertEquals(List.of(), wrong);
        assertTrue(api("three").get("/audit/verify").expect(200).get("sound").asBoolean());
    }

    private List<Long> parkedMs(Set<String> jobs) {
        List<Long> parked = new ArrayList<>();
        for (String id : jobs) {
            JsonNode runs = api("one").get("/jobs/" + id + "/runs").expect(200).get("runs");
            long sum = 0;
            for (int n = 1; n < runs.size(); n++) {
                sum += Duration.between(
                                time(runs.get(n - 1).get("ended_at")),
                                time(runs.get(n).get("started_at")))
                        .toMillis();
            }
            parked.add(sum);
        }
        parked.sort(null);
        return parked;
    }

    private static OffsetDateTime time(JsonNode text) {
        return OffsetDateTime.parse(text.asText());
    }

    @Test
    void sixtyRunningJobsGoThroughARollOutOverThreeServers(TestReporter reporter) {
        Map<String, Integer> jobs = startJobs(60, 150, 2);
        long beganNs = System.nanoTime();
        upload("two", "2.0.0", "").expect(200);
        awaitEndOfRollOut();
        long lengthMs = (System.nanoTime() - beganNs) / 1_000_000;
        NAMES.forEach(name -> assertEquals("2.0.0", version(name)));

        judge(jobs, false);

        List<Long> parked = parkedMs(jobs.keySet());
        reporter.publishEntry(
                "roll-out",
                lengthMs + " ms over three servers, 60 jobs, none lost or doubled; parked per job: p50 "
                        + parked.get(30) + " ms, most " + parked.get(59) + " ms, of which none "
                        + parked.stream().filter(ms -> ms == 0).count());
    }

    @Test
    void aCanaryIsHeldThroughTheDeathOfAServerAndPromoted() {
        Map<String, Integer> jobs = startJobs(12, 100, 2);
        upload("one", "2.0.0", "?canary=1").expect(200);
        Eventually.eventually(
                LONG,
                () -> assertEquals(
                        "serving", rollOut("two").at("/steps/0/state").asText()));
        cluster.servers().get("three").kill();
        cluster.start("three", SETTINGS);

        assertEquals("held", rollOut("three").get("state").asText());
        assertEquals("1.0.0", version("three"));
        assertEquals("1.0.0", version("two"));
        api("three").post("/modules/steps/promote", Map.of()).expect(200);

        NAMES.forEach(name -> awaitVersion(name, "2.0.0"));
        awaitEndOfRollOut();
        judge(jobs, false);
        assertEquals(409, api("one").post("/modules/steps/promote", Map.of()).status());
    }

    @Test
    void aCanaryIsTakenBackAndItsJobsGoOnWithTheVersionBefore() {
        upload("one", "2.0.0", "?canary=1").expect(200);
        String begun = api("one").start("steps", Map.of("steps", 100, "pause_ms", 100, "every", 2));
        Eventually.eventually(LONG, () -> assertTrue(results(begun) > 2));

        api("two").post("/modules/steps/rollback", Map.of()).expect(200);

        awaitVersion("one", "1.0.0");
        assertTrue(rollOut("three").isNull());
        judge(Map.of(begun, 100), true);
        List<String> versions = api("one").results(begun).stream()
                .map(row -> row.get("version").asText())
                .distinct()
                .toList();
        assertEquals(List.of("2.0.0", "1.0.0"), versions);
    }

    @Test
    void aServerThatIsKilledWhileItProvesTakesTheVersionBack() {
        Map<String, Integer> jobs = startJobs(12, 100, 2);
        upload("one", "2.0.0", "").expect(200);
        cluster.servers().get("one").kill();

        awaitEndOfRollOut();
        assertEquals("1.0.0", version("two"));
        assertEquals("1.0.0", version("three"));
        cluster.start("one", SETTINGS);
        awaitVersion("one", "1.0.0");
        judge(jobs, true);
    }

    @Test
    void aServerThatIsKilledWhileItDrainsIsPassedOver() {
        upload("one", "2.0.0", "?canary=1").expect(200);
        Eventually.eventually(
                LONG,
                () -> assertEquals(
                        "serving", rollOut("two").at("/steps/0/state").asText()));
        Map<String, Integer> slow = startJobs(9, 200, 1_000); // no checkpoint: they are waited for
        api("one").post("/modules/steps/promote", Map.of()).expect(200);
        String[] draining = {""};
        Eventually.eventually(LONG, () -> {
            for (JsonNode step : rollOut("one").get("steps")) {
                draining[0] = "draining".equals(step.get("state").asText())
                        ? step.get("server").asText()
                        : draining[0];
            }
            assertTrue(NAMES.contains(draining[0]));
        });
        cluster.servers().get(draining[0]).kill();
        cluster.start(draining[0], SETTINGS);

        NAMES.forEach(name -> awaitVersion(name, "2.0.0"));
        awaitEndOfRollOut();
        judge(slow, true);
    }

    @Test
    void ofTwoUploadsToTwoServersAtOnceOneIsRefused() {
        jar("2.0.0");
        jar("3.0.0");
        CompletableFuture<Api.Answer> first = CompletableFuture.supplyAsync(() -> upload("one", "2.0.0", ""));
        CompletableFuture<Api.Answer> second = CompletableFuture.supplyAsync(() -> upload("three", "3.0.0", ""));

        List<Integer> statuses = List.of(first.join().status(), second.join().status());
        assertEquals(Set.of(200, 409), new HashSet<>(statuses));
        Api.Answer refused = first.join().status() == 409 ? first.join() : second.join();
        assertEquals("PAWL-213", refused.body().get("code").asText(), refused::toString);
        awaitEndOfRollOut();
    }
}

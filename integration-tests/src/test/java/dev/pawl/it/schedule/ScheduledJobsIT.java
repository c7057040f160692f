package dev.pawl.it.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.guarded.GuardedModule;
import dev.pawl.it.modules.stubborn.StubbornModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of schedules in a real server: their secrets, and earlier ones that have to make way. */
final class ScheduledJobsIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Map<String, String> QUICK = Map.of("PAWL_STOP_GRACE", "500ms", "PAWL_STOP_ABANDON", "500ms");
    private static final String SECRET = "correct-horse-battery";

    @TempDir
    Path folder;

    @Test
    void theJobOfAScheduleHasItsSecretWhichNobodyElseSees() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data, JAVA, QUICK)) {
            Api api = server.api();
            api.upload(ModuleJar.of(GuardedModule.class, "1.0.0", folder), "").expect(200);
            JsonNode made = api.json(
                            "PUT",
                            "/schedules/guarded",
                            Map.of(
                                    "every",
                                    "1s",
                                    "job",
                                    Map.of("module_id", "guarded", "inputs", Map.of("password", SECRET))))
                    .expect(200);
            assertFalse(made.toString().contains(SECRET), made::toString);
            String job = Eventually.eventuallyFind("a job of the schedule", () -> jobs(api, "guarded").stream()
                    .filter(id -> api.status(id).equals("completed"))
                    .findFirst());
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    HexFormat.of().formatHex(hash),
                    api.results(job).get(0).get("password").asText());
            for (String path :
                    List.of("/schedules", "/schedules/guarded", "/jobs/" + job, "/schedules/guarded/history")) {
                assertFalse(api.get(path).body().toString().contains(SECRET), path);
            }
        }
        assertEquals(List.of(), filesWith(data, SECRET));
    }

    @Test
    void aScheduleThatReplacesStopsTheEarlierJobDownTheLadderEvenOneThatIgnoresIt() {
        try (Server server = Server.start(folder.resolve("data"), JAVA, QUICK)) {
            Api api = server.api();
            api.upload(ModuleJar.of(StubbornModule.class, "1.0.0", folder), "").expect(200);
            api.json(
                            "PUT",
                            "/schedules/hasty",
                            Map.of(
                                    "every",
                                    "2s",
                                    "overlap",
                                    "replace",
                                    "job",
                                    Map.of("module_id", "stubborn", "inputs", Map.of("how", "spins"))))
                    .expect(200);
            Eventually.eventually(
                    "three jobs were replaced", () -> jobs(api, "hasty").size() >= 4);
            api.post("/schedules/hasty/pause", Map.of()).expect(200);
            List<String> jobs = jobs(api, "hasty");
            String last = jobs.get(0);
            assertEquals("running", api.status(last));
            for (String earlier : jobs.subList(1, jobs.size())) {
                assertEquals("stopped", api.status(earlier));
                String log = api.get("/jobs/" + earlier + "/logs").body().toString();
                assertTrue(log.contains("abandoned") || log.contains("interrupt"), log);
            }
        }
    }

    /** The jobs of a schedule's history, the latest first. */
    private static List<String> jobs(Api api, String schedule) {
        JsonNode fires =
                api.get("/schedules/" + schedule + "/history").expect(200).get("fires");
        return StreamSupport.stream(fires.spliterator(), false)
                .filter(fire -> fire.hasNonNull("job_id"))
                .map(fire -> fire.get("job_id").asText())
                .toList();
    }

    private static List<Path> filesWith(Path top, String text) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}

package dev.pawl.it.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.timed.TimedModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules that modules declare, in a real server. */
final class OfferedSchedulesIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Map<String, String> NAME = Map.of("Bundle-SymbolicName", "timed");

    @TempDir
    Path folder;

    @Test
    void aModulesSchedulesAreOffUntilSomeoneSwitchesThemOnAndFollowItsUpdatesUnlessTheyWereChanged() {
        Path first = ModuleJar.of(TimedModule.class, "1.0.0", folder, NAME);
        Path second = ModuleJar.of(dev.pawl.it.modules.retimed.TimedModule.class, "2.0.0", folder, NAME);
        try (Server server = Server.start(folder.resolve("data"), JAVA, Map.of())) {
            Api api = server.api();
            JsonNode installed = api.upload(first, "").expect(200);
            assertTrue(installed.toString().contains("nightly: 0 3 * * * Europe/Berlin"), installed::toString);
            eventuallyOffered(api, List.of("timed.nightly", "timed.often"));
            JsonNode nightly = schedule(api, "timed.nightly");
            assertTrue(nightly.get("paused").asBoolean());
            assertEquals(
                    "{\"kind\":\"module\",\"name\":\"timed\",\"changed\":false}",
                    nightly.get("declared_by").toString());
            assertEquals("{\"n\":3}", nightly.at("/job/inputs").toString());

            api.post("/schedules/timed.often/resume", Map.of()).expect(200);
            Eventually.eventually("a job of the schedule that was switched on", () -> schedule(api, "timed.often")
                    .path("last_status")
                    .asText()
                    .equals("completed"));
            api.post("/schedules/timed.nightly/resume", Map.of()).expect(200);

            JsonNode dry = api.upload(second, "?dry_run=true").expect(200);
            assertEquals(List.of("nightly: 0 4 * * * Europe/Berlin {\"n\": 3}"), schedules(dry, "appears"));
            assertEquals(
                    List.of("nightly: 0 3 * * * Europe/Berlin {\"n\": 3}", "often: 1s", "wrong: 61 3 * * *"),
                    schedules(dry, "vanishes"));
            assertEquals("0 3 * * *", schedule(api, "timed.nightly").get("cron").asText());

            api.upload(second, "").expect(200);
            Eventually.eventually(
                    "the schedule follows the update",
                    () -> schedule(api, "timed.nightly").get("cron").asText().equals("0 4 * * *"));
            assertFalse(schedule(api, "timed.nightly").get("paused").asBoolean());
            assertFalse(schedule(api, "timed.often").get("paused").asBoolean(), "it is on, and stays");

            api.json(
                            "PUT",
                            "/schedules/timed.nightly",
                            Map.of("cron", "0 5 * * *", "job", Map.of("module_id", "timed")))
                    .expect(200);
            api.post("/modules/timed/rollback", Map.of()).expect(200);
            eventuallyOffered(api, List.of("timed.nightly", "timed.often"));
            assertEquals("0 5 * * *", schedule(api, "timed.nightly").get("cron").asText());
            assertTrue(schedule(api, "timed.nightly").at("/declared_by/changed").asBoolean());
        }
    }

    @Test
    void aModuleThatGoesTakesTheSchedulesWithItThatAreOff() {
        Path jar = ModuleJar.of(TimedModule.class, "1.0.0", folder, NAME);
        Path data = folder.resolve("data");
        try (Server server = Server.start(data, JAVA, Map.of())) {
            server.api().upload(jar, "").expect(200);
            eventuallyOffered(server.api(), List.of("timed.nightly", "timed.often"));
            server.api().post("/schedules/timed.nightly/resume", Map.of()).expect(200);
        }
        try (Server server = Server.start(data, JAVA, Map.of())) {
            assertFalse(schedule(server.api(), "timed.nightly").get("paused").asBoolean(), "a restart changes nothing");
            server.api().delete("/modules/timed").expect(200);
            eventuallyOffered(server.api(), List.of("timed.nightly"));
        }
    }

    private static void eventuallyOffered(Api api, List<String> names) {
        Eventually.eventually(() -> assertEquals(
                names,
                api.get("/schedules").expect(200).get("schedules").findValuesAsText("name").stream()
                        .filter(name -> name.startsWith("timed."))
                        .toList()));
    }

    private static JsonNode schedule(Api api, String name) {
        return api.get("/schedules/" + name).expect(200);
    }

    /** The schedules in a list of capabilities. */
    private static List<String> schedules(JsonNode deployed, String list) {
        return StreamSupport.stream(deployed.findValue(list).spliterator(), false)
                .filter(capability -> capability.get("kind").asText().equals("schedule"))
                .map(capability -> capability.get("name").asText())
                .toList();
    }
}

package dev.pawl.it.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code schedules.yaml} in the data folder of a real server. */
final class ScheduleFileIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Duration TWO_LOOKS = Duration.ofSeconds(40);
    private static final String FIRST = """
            schedules:
              nightly: {cron: '0 3 * * *', time_zone: Europe/Berlin, job: {module_id: hello, inputs: {name: World}}}
              hourly: {every: 1h, job: {module_id: hello, inputs: {name: World}}}
            """;

    @TempDir
    Path folder;

    @Test
    void theFileIsAppliedAtTheStartAndWhenItChangesAndAWrongOneChangesNothing() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path file = Files.writeString(data.resolve("schedules.yaml"), FIRST);
        try (Server server = Server.start(data, JAVA, Map.of())) {
            Api api = server.api();
            Eventually.eventually(() -> assertEquals("At 03:00, every day, Europe/Berlin", sentence(api, "nightly")));
            assertEquals(
                    "{\"kind\":\"file\",\"name\":\"schedules\",\"changed\":false}",
                    api.get("/schedules/nightly").expect(200).get("declared_by").toString());
            api.json("PUT", "/schedules/mine", Map.of("every", "1h", "job", Map.of("module_id", "ghost")))
                    .expect(200);

            Files.writeString(file, FIRST.replace("0 3 * * *", "0 3 30 2 *"));
            server.awaitSaid(TWO_LOOKS, "is not applied: Schedule \"nightly\"");
            assertEquals("At 03:00, every day, Europe/Berlin", sentence(api, "nightly"));

            Files.writeString(file, FIRST.replace("0 3 * * *", "0 4 * * *").replaceAll("(?m)^  hourly.*\\n", ""));
            Eventually.eventually(
                    TWO_LOOKS, () -> assertEquals("At 04:00, every day, Europe/Berlin", sentence(api, "nightly")));
            Eventually.eventually(
                    () -> assertEquals(404, api.get("/schedules/hourly").status()));
            assertEquals("Every hour", sentence(api, "mine"));
            server.awaitSaid(TWO_LOOKS, "changed nightly; removed hourly");
        }
    }

    private static String sentence(Api api, String name) {
        JsonNode schedule = api.get("/schedules/" + name).body();
        return schedule.path("sentence").asText();
    }
}

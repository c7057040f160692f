package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.tuned.TunedModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a module change while its tasks run. */
class SettingsIT {

    @TempDir
    Path folder;

    private Server server;
    private Api api;

    @BeforeEach
    void startTheServer() {
        server = Server.start(folder.resolve("data"));
        api = server.api();
        api.upload(ModuleJar.of(TunedModule.class, "1.0.0", folder), "").expect(200);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void runningTasksKeepTheirsNewOnesHaveTheNewAndARestartChangesNothingOfThat() {
        String old = begin(300);
        configure(Map.of("rate", 9)).expect(200);
        assertEquals(List.of(9), ratesOf(begin(5)));

        server.kill();
        server = Server.start(folder.resolve("data"));
        api = server.api();

        assertEquals(9, rate());
        assertEquals(List.of(9), ratesOf(begin(5)));
        assertEquals(List.of(5), ratesOf(old));
        assertEquals(
                IntStream.rangeClosed(1, 300).boxed().toList(),
                api.results(old).stream().map(row -> row.get("step").asInt()).toList());
    }

    @Test
    void aBadValueIsRefusedByNameAndTheOldStays() {
        configure(Map.of("rate", 9)).expect(200);
        String running = begin(30);
        for (Map<String, ?> bad : List.of(Map.of("rate", 1000), Map.of("rate", "fast"), Map.of("rats", 3))) {
            JsonNode refused = configure(bad).expect(400);
            assertEquals("PAWL-103", refused.get("code").asText(), refused.toString());
            assertTrue(
                    refused.get("detail")
                            .asText()
                            .contains(bad.keySet().iterator().next()),
                    refused.toString());
        }
        assertEquals(9, rate());
        assertEquals(List.of(9), ratesOf(running));
        assertEquals(List.of(9), ratesOf(begin(3)));
    }

    private Api.Answer configure(Map<String, ?> settings) {
        return api.json("PUT", "/modules/tuned/settings", settings);
    }

    private int rate() {
        return api.get("/modules/tuned/settings").expect(200).findValue("rate").asInt();
    }

    private String begin(int steps) {
        String id = api.start("tuned", Map.of("steps", steps));
        Eventually.eventually("a step", () -> !api.results(id).isEmpty());
        return id;
    }

    private List<Integer> ratesOf(String id) {
        assertEquals("completed", api.awaitEnd(id).get("status").asText());
        return api.results(id).stream()
                .map(row -> row.get("rate").asInt())
                .distinct()
                .toList();
    }
}

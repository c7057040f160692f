package dev.pawl.it.health;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.healthy.HealthyModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that is installed while the real server runs brings health checks of its own, one of which never ends. */
class HealthChecksOfModulesIT {

    private static final int LOOKS = 50;

    @TempDir
    Path folder;

    @Test
    void aModulesChecksComeAndGoWithItAndOneThatHangsHarmsNothing() throws Exception {
        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            assertFalse(api.get("/status/health").expect(200).has("checks"));
            api.upload(ModuleJar.of(HealthyModule.class, "1.0.0", folder), "").expect(200);
            eventually(
                    () -> assertEquals("ok", check(api, "Sound").get("status").asText()));
            assertEquals(
                    "All 4 wheels turn.",
                    check(api, "Sound").get("messages").get(0).asText());
            assertEquals("pending", check(api, "Hanging").get("status").asText());
            long began = System.nanoTime();
            for (int i = 0; i < LOOKS; i++) {
                api.get("/status/health").expect(200);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began).dividedBy(LOOKS);
            assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took::toString);
            String page = metrics(server);
            assertTrue(page.contains("pawl_health_check{check=\"Sound\"} 1.0"), page);
            assertTrue(page.contains("pawl_health_check{check=\"Hanging\"} 0.0"), page);

            api.delete("/modules/healthy").expect(200);
            eventually(() -> assertFalse(api.get("/status/health").expect(200).has("checks")));

            api.upload(ModuleJar.of(HealthyModule.class, "1.0.0", folder), "").expect(200);
            eventually(
                    () -> assertEquals("ok", check(api, "Sound").get("status").asText()));
            began = System.nanoTime();
            assertEquals(0, server.terminate(), server::said);
            Duration stop = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(stop.compareTo(Duration.ofSeconds(15)) < 0, stop::toString);
        }
    }

    private static JsonNode check(Api api, String name) {
        for (JsonNode check : api.get("/status/health").expect(200).path("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("There is no check " + name + ".");
    }

    private String metrics(Server server) throws Exception {
        URI page = server.url().resolve("/metrics");
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}

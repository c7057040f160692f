package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.migrating.MigratingModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs move from version to version, each of which has its own form of checkpoint. */
class MigrationIT {

    private static final int STEPS = 300;

    @TempDir
    Path folder;

    @Test
    void eachVersionTakesTheCheckpointOverOrFailsThatJobAloneAndNamesTheWayBack() {
        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            Versions versions = new Versions(ModuleJar.of(MigratingModule.class, "1.0.0", folder));
            api.upload(versions.of("1.0.0"), "").expect(200);
            String sound = api.start("migrating", Map.of("steps", STEPS));
            String fragile = api.start("migrating", Map.of("steps", STEPS, "fragile", true));
            awaitVersion(api, "1.0.0", sound, fragile);
            api.upload(versions.of("2.0.0"), "").expect(200);
            awaitVersion(api, "2.0.0", sound, fragile);

            api.upload(versions.of("3.0.0"), "").expect(200);

            JsonNode failed = api.awaitEnd(fragile);
            assertEquals("failed", failed.get("status").asText(), failed.toString());
            assertEquals("initialize", failed.at("/failure/phase").asText());
            assertTrue(
                    failed.at("/failure/message")
                            .asText()
                            .startsWith("Version 3.0.0 cannot go on from the checkpoint that version 2.0.0 saved: "
                                    + "java.lang.IllegalStateException: fragile"),
                    failed.toString());
            assertTrue(
                    failed.at("/failure/remedy").asText().contains("`pawl module rollback migrating --to 2.0.0`"),
                    failed.toString());
            assertEquals("completed", api.awaitEnd(sound).get("status").asText());
            assertEquals(
                    IntStream.rangeClosed(1, STEPS).boxed().toList(),
                    api.results(sound).stream()
                            .map(row -> row.get("step").asInt())
                            .toList());
            assertEquals(List.of("1.0.0", "2.0.0", "3.0.0"), versionsOf(api, sound));

            api.post("/modules/migrating/rollback?to=2.0.0", Map.of()).expect(200);
            String again = api.start("migrating", Map.of("steps", 3, "fragile", true));
            assertEquals("completed", api.awaitEnd(again).get("status").asText());
            assertEquals(List.of("2.0.0"), versionsOf(api, again));
        }
    }

    private static void awaitVersion(Api api, String version, String... jobs) {
        for (String id : jobs) {
            Eventually.eventually(() -> assertTrue(
                    versionsOf(api, id).contains(version), () -> api.job(id).toString()));
        }
    }

    private static List<String> versionsOf(Api api, String id) {
        TreeSet<String> versions = new TreeSet<>();
        api.results(id).forEach(row -> versions.add(row.get("version").asText()));
        return List.copyOf(versions);
    }
}

package dev.pawl.cli.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job of the last time. */
class RememberedJobTest {

    private static final JsonNode FIELDS = JsonTrees.of(List.of(
            Map.of("id", "name", "type", "text"),
            Map.of("id", "count", "type", "integer"),
            Map.of("id", "api_token", "type", "secret")));

    @TempDir
    Path project;

    @Test
    void inputsHoldUntilTheyAreGivenAnew() throws Exception {
        RememberedJob.read(project, "greeter", Map.of("name", "Ada", "count", "3"))
                .write(project, FIELDS);

        assertEquals(
                new RememberedJob("greeter", Map.of("name", "Ada", "count", "5")),
                RememberedJob.read(project, "", Map.of("count", "5")));
        assertEquals(
                new RememberedJob("other", Map.of("count", "5")),
                RememberedJob.read(project, "other", Map.of("count", "5")));
    }

    @Test
    void secretsAreNeverWrittenDownInWhicheverSpelling() throws Exception {
        Set<String> left = RememberedJob.read(project, "greeter", Map.of("apiToken", "open-sesame", "name", "Ada"))
                .write(project, FIELDS);

        assertEquals(Set.of("api_token"), left);
        assertFalse(Files.readString(project.resolve(".mvn/pawl-dev.json")).contains("open-sesame"));
        assertEquals(
                Map.of("name", "Ada"), RememberedJob.read(project, "", Map.of()).inputs());
    }

    @Test
    void aFileThatWasEditedBadlyIsForgotten() throws Exception {
        Files.createDirectories(project.resolve(".mvn"));
        Files.writeString(project.resolve(".mvn/pawl-dev.json"), "{\"module\": ");

        assertEquals(new RememberedJob("", Map.of()), RememberedJob.read(project, "", Map.of()));
    }
}

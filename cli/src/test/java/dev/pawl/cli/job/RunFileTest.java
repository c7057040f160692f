package dev.pawl.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import dev.pawl.cli.client.JsonTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and inputs that {@code pawl run} reads from a file. */
class RunFileTest extends ServedCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aJobCompletes() {
        server.answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("POST /jobs", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}")
                .answer("GET /jobs/" + Jobs.ID + "/results", 200, Jobs.results(3, 3))
                .answer("GET /jobs/" + Jobs.ID, 200, Jobs.COMPLETED);
        server.stream(Jobs.ID, Jobs.entry(1, "INFO", "Hello, World!"));
    }

    @Test
    void aFileHoldsAWholeJob() throws Exception {
        Path file = Files.writeString(
                folder.resolve("job.json"), "{\"tasks\": [{\"module\": \"hello\", \"data\": {\"name\": \"Ada\"}}]}");

        Pawl.Outcome outcome = pawl.run("run", "--file", file.toString(), "-d", "2h");

        assertEquals(0, outcome.code(), outcome::err);
        JsonNode sent = JsonTrees.parse(server.last("POST", "/jobs").body());
        assertEquals("Ada", sent.at("/tasks/0/data/name").asText());
        assertEquals("2h", sent.path("max_duration").asText());
    }

    @Test
    void withAModuleAFileHoldsItsInputsAndTheOptionCountsMore() throws Exception {
        Path file = Files.writeString(folder.resolve("inputs.json"), "{\"name\": \"Ada\", \"count\": 7}");

        pawl.run("run", "hello", "--file", file.toString(), "-i", "count=3");

        JsonNode sent = JsonTrees.parse(server.last("POST", "/jobs").body());
        assertEquals("{\"name\":\"Ada\",\"count\":3}", sent.path("inputs").toString());
    }

    @Test
    void aFileThatHoldsNoJobIsRefusedByItsName() throws Exception {
        Path file = folder.resolve("job.json");
        for (String content : List.of("", "[]", "{\n\"tasks\": [,]}", "{\"a\": 1, \"a\": 2}")) {
            Files.writeString(file, content);
            Pawl.Outcome outcome = pawl.run("run", "--file", file.toString());

            assertEquals(2, outcome.code());
            assertTrue(outcome.err().contains("The file " + file + " holds no "), outcome::err);
        }
        assertEquals(2, pawl.run("run").code());
        assertEquals(2, pawl.run("run", "--file", file.toString(), "-i", "a=b").code());
    }

    @Test
    void aJobOfSeveralTasksIsReadFromYaml() throws Exception {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, """
                job_title: Twice
                tasks:
                  - module: hello
                    data: {name: World, count: 2}
                  - module: hello
                    data: {name: Moon, rate: 1.50}
                """);
        server.answer("POST /jobs", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}");

        assertEquals(0, pawl.run("run", "--file", file.toString(), "--detach").code());
        assertEquals(
                "{\"job_title\":\"Twice\",\"tasks\":[{\"module\":\"hello\",\"data\":{\"name\":\"World\",\"count\":2}},"
                        + "{\"module\":\"hello\",\"data\":{\"name\":\"Moon\",\"rate\":1.50}}]}",
                server.last("POST", "/jobs").body());
    }

    @Test
    void aFileWithJobsStartsThemAllAndFollowsOneAfterTheOther() throws Exception {
        Path file = folder.resolve("jobs.yaml");
        Files.writeString(file, """
                jobs:
                  - module_id: hello
                    inputs: {name: World}
                  - module_id: hello
                    inputs: {name: Moon}
                    after: ["jobs[0]"]
                    on: ended
                """);
        String started = "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\",\"existing\":false}";
        server.answer("POST /jobs", 200, "{\"jobs\":[" + started + "," + started + "]}");

        Pawl.Outcome detached = pawl.run("run", "--file", file.toString(), "--detach");
        assertEquals(Jobs.ID + "\n" + Jobs.ID + "\n", detached.out());
        assertEquals(
                "{\"jobs\":[{\"module_id\":\"hello\",\"inputs\":{\"name\":\"World\"}},{\"module_id\":\"hello\","
                        + "\"inputs\":{\"name\":\"Moon\"},\"after\":[\"jobs[0]\"],\"on\":\"ended\"}]}",
                server.last("POST", "/jobs").body());

        Pawl.Outcome followed = pawl.run("run", "--file", file.toString());
        assertEquals(0, followed.code(), followed::err);
        assertEquals(2, followed.out().split("3 results", -1).length - 1, followed::out);

        Pawl.Outcome forPrograms = pawl.run("run", "--file", file.toString(), "-o", "json");
        assertEquals(2, forPrograms.out().strip().lines().count(), forPrograms::out);

        assertEquals(
                2, pawl.run("run", "--file", file.toString(), "--priority", "3").code());
        assertEquals(
                2,
                pawl.run("run", "--file", file.toString(), "--after", Jobs.ID).code());
    }

    @Test
    void aJobWaitsForOthers() throws Exception {
        assertEquals(
                0,
                pawl.run("run", "hello", "-i", "name=World", "--after", "3f2a91c4,7b00c2d1", "--on", "ended")
                        .code());

        JsonNode sent = JsonTrees.parse(server.last("POST", "/jobs").body());
        assertEquals("[\"3f2a91c4\",\"7b00c2d1\"]", sent.path("after").toString());
        assertEquals("ended", sent.path("on").asText());
        assertEquals(2, pawl.run("run", "hello", "--on", "ended").code());
    }
}

package dev.pawl.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import dev.pawl.cli.client.JsonTrees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryCommandTest extends ServedCommandTest {
    private static final String OLD = "/jobs/0000b8cd";

    @BeforeEach
    void prepareAnswers() {
        server.answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("GET " + OLD, 200, "{\"tasks\":[{\"module\":\"other\"},{\"module\":\"hello\"}]}")
                .answer("POST " + OLD + "/retry", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}")
                .answer("GET /jobs/" + Jobs.ID, 200, Jobs.COMPLETED)
                .answer("GET /jobs/" + Jobs.ID + "/results", 200, Jobs.results(1, 1));
    }

    @Test
    void theNewJobIsFollowed() {
        server.stream(Jobs.ID, Jobs.entry(1, "INFO", "Hello, World!"));

        Pawl.Outcome outcome = pawl.run("retry", "0000b8cd");

        assertEquals("Job " + Jobs.ID, outcome.lines().get(0));
        assertTrue(outcome.lines().contains("Job 3f2a91c4 completed in 2.3 s; 1 result."), outcome.out());
        assertEquals(0, outcome.code());
        assertEquals("{}", server.last("POST", OLD + "/retry").body());
    }

    @Test
    void otherInputsHaveTheTypesOfTheTaskThatGetsThem() throws Exception {
        Pawl.Outcome outcome = pawl.run("retry", "0000b8cd", "--from-task", "1", "-i", "count=5", "--detach");

        assertEquals(Jobs.ID + "\n", outcome.out());
        assertEquals(
                JsonTrees.parse("{\"from_task\":1,\"inputs\":{\"count\":5}}"),
                JsonTrees.parse(server.last("POST", OLD + "/retry").body()));
    }

    @Test
    void aTaskThatIsNotThereIsTheServersToName() {
        server.answer(
                "POST " + OLD + "/retry",
                400,
                "{\"code\":\"PAWL-104\",\"detail\":\"from_task is 7; the job has 2 task(s).\"}");

        Pawl.Outcome outcome = pawl.run("retry", "0000b8cd", "--from-task", "7", "-i", "count=5");

        assertTrue(outcome.err().contains("the job has 2 task(s)"), outcome.err());
        assertEquals(1, outcome.code());
    }

    @Test
    void aNegativeTaskIsWrongUsage() {
        Pawl.Outcome outcome = pawl.run("retry", "0000b8cd", "--from-task", "-1");

        assertTrue(outcome.err().contains("--from-task is -1"), outcome.err());
        assertEquals(2, outcome.code());
    }
}

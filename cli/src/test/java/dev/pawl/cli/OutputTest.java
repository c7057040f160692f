package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats of answers and errors, and the width of tables. */
class OutputTest extends ServedCommandTest {
    private static final String PAGE = "{\"jobs\":[" + Jobs.PENDING + ","
            + Jobs.COMPLETED.replace("3f2a91c4", "4f2a91c4") + "],\"next_cursor\":null}";

    @ParameterizedTest
    @ValueSource(strings = {"-o json", "-ojson", "-o=json", "--output json", "--output=JSON"})
    void aRefusalIsJsonForThoseWhoAskForJson(String option) throws Exception {
        server.answer(
                "GET /jobs/3f2a91c4",
                404,
                "{\"code\":\"PAWL-100\",\"status\":404,\"detail\":\"No job.\",\"remedy\":\"`pawl jobs` lists them.\"}");

        Pawl.Outcome refused = pawl.run(("job 3f2a91c4 " + option).split(" ", -1));

        assertEquals(1, refused.code());
        assertEquals("", refused.out());
        assertEquals(
                JsonTrees.parse("{\"error\":\"refused\",\"detail\":\"No job.\",\"code\":\"PAWL-100\",\"status\":404,"
                        + "\"remedy\":\"`pawl jobs` lists them.\",\"exit_code\":1}"),
                JsonTrees.parse(refused.err()));
    }

    @Test
    void wrongUsageAndNoServerAreJsonToo() throws Exception {
        Pawl.Outcome usage = pawl.run("jobs", "-o", "json", "--nonsense");
        assertEquals(2, usage.code());
        assertEquals("usage", JsonTrees.parse(usage.err()).path("error").asText());

        Pawl.Outcome absent = pawl.with("PAWL_URL", "http://127.0.0.1:1").run("jobs", "-o", "json");
        assertEquals(3, absent.code());
        JsonNode error = JsonTrees.parse(absent.err());
        assertEquals("no_server", error.path("error").asText());
        assertEquals(3, error.path("exit_code").asInt());
    }

    @Test
    void anAnswerIsYamlForThoseWhoAskForYaml() {
        server.answer(
                "GET /jobs", 200, "{\"jobs\":[{\"id\":\"a\",\"status\":\"no\",\"size\":1.50}],\"next_cursor\":null}");

        assertEquals(
                List.of("jobs:", "  - id: a", "    status: \"no\"", "    size: 1.50", "next_cursor: null"),
                pawl.run("jobs", "-o", "yaml").lines());
    }

    @Test
    void quietIsIdsAlone() {
        server.answer("GET /jobs", 200, PAGE)
                .answer("GET /modules", 200, "{\"modules\":[" + Jobs.HELLO + "]}")
                .answer("POST /jobs/3f2a91c4/stop", 200, "{\"status\":\"stopped\",\"job_id\":\"" + Jobs.ID + "\"}")
                .answer("PATCH /queue", 200, "{\"disabled\":true}");

        assertEquals(
                List.of(Jobs.ID, Jobs.ID.replace("3f2a91c4", "4f2a91c4")),
                pawl.run("jobs", "--quiet").lines());
        assertEquals(List.of("hello"), pawl.run("module", "list", "--quiet").lines());
        assertEquals(List.of(Jobs.ID), pawl.run("stop", "3f2a91c4", "--quiet").lines());
        assertEquals(List.of(), pawl.run("queue", "pause", "--quiet").lines());
    }

    @Test
    void aTableFitsFiftyColumnsAndIsWholeWhenWide() {
        server.answer("GET /jobs", 200, PAGE);

        List<String> narrow = pawl.onPipe(50).run("jobs").lines();
        assertTrue(narrow.stream().allMatch(line -> line.length() <= 50), narrow.toString());
        assertTrue(narrow.get(1).startsWith("3f2a91c4  hello"), narrow.toString());

        String wide = pawl.run("jobs", "--wide").out();
        assertTrue(wide.contains("Queued behind 3 jobs."), wide);
        assertFalse(wide.contains("…"), wide);
    }

    @Test
    void severalStatusesAreGivenAtOnce() {
        server.answer("GET /jobs", 200, PAGE);

        assertEquals(0, pawl.run("jobs", "--status", "failed,stopped").code());
        assertEquals(
                "/jobs?limit=20&status=failed%2Cstopped",
                server.last("GET", "/jobs").target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs -n 0",
                "queue -n 0",
                "logs 3f2a91c4 -n 0",
                "result 3f2a91c4 -n 10001",
                "module history hello -n -1"
            })
    void aLimitOutsideItsRangeIsNamedByItsOption(String line) {
        Pawl.Outcome refused = pawl.run(line.split(" ", -1));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("-n is "), refused.err());
        assertTrue(refused.err().contains("it takes a number from 1 to"), refused.err());
    }

    @Test
    void aFollowedLogEndsWithTheOutcomeOfItsJob() {
        server.answer("GET /jobs/" + Jobs.ID + "/logs", 200, "{\"logs\":[]}").stream(
                        Jobs.ID, Jobs.entry(1, "ERROR", "No such file."))
                .answer("GET /jobs/" + Jobs.ID, 200, Jobs.FAILED);

        assertEquals(1, pawl.run("logs", Jobs.ID, "--follow").code());
    }

    @Test
    void aFailureShowsTheFramesOfTheModuleAndAllOnRequest() {
        String stack = "java.lang.NullPointerException: null\\n\\tat org.acme.Sum.add(Sum.java:7)\\n"
                + "\\tat java.base/java.util.List.of(List.java:1)\\n\\tat dev.pawl.scheduler.run.TaskStep.run(TaskStep.java:9)";
        server.answer(
                "GET /jobs/3f2a91c4", 200, Jobs.FAILED.replace("\"phase\"", "\"stack\":\"" + stack + "\",\"phase\""));

        String own = pawl.run("job", "3f2a91c4").out();
        assertTrue(own.contains("    at org.acme.Sum.add(Sum.java:7)"), own);
        assertFalse(own.contains("TaskStep"), own);
        assertTrue(own.contains("--stack shows the whole stack trace."), own);

        assertTrue(pawl.run("job", "3f2a91c4", "--stack").out().contains("TaskStep.java:9"));
    }
}

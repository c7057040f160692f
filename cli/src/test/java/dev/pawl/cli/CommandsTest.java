package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.job.JobText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requests and the output of the reading commands, with prepared answers. */
class CommandsTest extends ServedCommandTest {
    private static final String JOB = "/jobs/3f2a91c4";

    @Test
    void jobsAreListedWithWhatAPersonWouldAskNext() {
        server.answer(
                "GET /jobs",
                200,
                "{\"jobs\":[" + Jobs.PENDING + "," + Jobs.COMPLETED.replace("3f2a91c4", "4f2a91c4")
                        + "],\"next_cursor\":null}");

        Pawl.Outcome outcome = pawl.run("jobs", "--status", "pending", "-n", "5", "--sort", "priority");

        assertEquals(
                "/jobs?limit=5&status=pending&sort=priority",
                server.last("GET", "/jobs").target());
        assertEquals(0, outcome.code());
        assertTrue(outcome.lines().get(1).contains("Queued behind 3 jobs."), outcome.out());
        assertTrue(outcome.lines().get(2).contains("completed  11:59:57  2.3 s"), outcome.out());
    }

    @Test
    void anIdIsAsLongAsItTakesToTellItApart() {
        assertEquals(8, JobText.idLength(List.of("aaaaaaaa-1", "bbbbbbbb-1")));
        assertEquals(10, JobText.idLength(List.of("aaaaaaaa-1", "aaaaaaaa-2")));
        assertEquals(8, JobText.idLength(List.of()));
    }

    @Test
    void everyCommandThatReadsGivesProgramsTheAnswerAsItCame() {
        server.answer("GET /jobs", 200, "{\"jobs\":[],  \"x\":1.50}")
                .answer("GET " + JOB, 200, Jobs.RUNNING.strip())
                .answer("GET " + JOB + "/why", 200, "{\"code\":\"running\"}")
                .answer("GET " + JOB + "/logs", 200, "{\"logs\":[]}")
                .answer("GET " + JOB + "/results", 200, "{\"results\":[],\"total\":0}")
                .answer("GET " + JOB + "/artifacts", 200, "{\"artifacts\":[],\"total\":0}")
                .answer("POST " + JOB + "/stop", 200, "{\"status\":\"stopped\"}")
                .answer("GET /modules", 200, "{\"modules\":[]}")
                .answer("GET /modules/hello", 200, "{\"id\":\"hello\"}")
                .answer("GET /queue", 200, "{\"queue\":[]}")
                .answer("GET /workers", 200, "{\"workers\":[]}")
                .answer("GET /status/config", 200, "{\"version\":\"1\"}")
                .answer("GET /data/hello/x", 200, "{\"name\":\"x\"}");

        assertEquals(
                "{\"jobs\":[],  \"x\":1.50}\n", pawl.run("jobs", "-o", "json").out());
        assertEquals(Jobs.RUNNING, pawl.run("job", "3f2a91c4", "-o", "json").out());
        assertEquals(
                "{\"code\":\"running\"}\n",
                pawl.run("why", "3f2a91c4", "-o", "json").out());
        assertEquals(
                "{\"logs\":[]}\n", pawl.run("logs", "3f2a91c4", "-o", "json").out());
        assertEquals(
                "{\"results\":[],\"total\":0}\n",
                pawl.run("result", "3f2a91c4", "-o", "json").out());
        assertEquals(
                "{\"artifacts\":[],\"total\":0}\n",
                pawl.run("artifacts", "3f2a91c4", "-o", "json").out());
        assertEquals(
                "{\"status\":\"stopped\"}\n",
                pawl.run("stop", "3f2a91c4", "-o", "json").out());
        assertEquals(
                "{\"modules\":[]}\n", pawl.run("module", "list", "-o", "json").out());
        assertEquals(
                "{\"id\":\"hello\"}\n",
                pawl.run("module", "show", "hello", "-o", "json").out());
        assertEquals("{\"queue\":[]}\n", pawl.run("queue", "-o", "json").out());
        assertEquals("{\"workers\":[]}\n", pawl.run("workers", "-o", "json").out());
        assertEquals("{\"version\":\"1\"}\n", pawl.run("config", "-o", "json").out());
        assertEquals(
                "{\"name\":\"x\"}\n",
                pawl.run("data", "get", "hello", "x", "-o", "json").out());
        assertTrue(pawl.run("status", "-o", "json").out().startsWith("{\"status\":\"running\""));
        assertTrue(pawl.run("version", "-o", "json").out().startsWith("{\"version\":"));
    }

    @Test
    void versionsOfModulesAreListedWithTheServersThatHaveThem() {
        server.answer(
                "GET /workers",
                200,
                "{\"workers\":[" + worker("alpha", "2.0.0", "proving") + "," + worker("beta", "1.4.0", "serving")
                        + "]}");

        String out = pawl.run("workers").out();

        assertTrue(out.contains("alpha   0.1.0          3     16  1.2 s        2"), out);
        assertTrue(out.contains("""
                        BUNDLE              VERSION  STATE    SERVERS
                        com.example.report  1.4.0    serving  beta
                        com.example.report  2.0.0    proving  alpha
                        dev.pawl.hello      0.1.0    serving  all
                        """), out);
        out.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    private static String worker(String name, String version, String state) {
        String module = "{\"bundle\":\"%s\",\"version\":\"%s\",\"sha256\":\"ab\",\"state\":\"%s\"}";
        return "{\"worker_id\":\"" + name + "-1\",\"hostname\":\"h\",\"version\":\"0.1.0\",\"status\":\"idle\","
                + "\"attributes\":{},\"server\":{\"name\":\"" + name
                + "\",\"running\":3,\"slots\":16,\"lease_age\":1.2,\"modules\":["
                + module.formatted("dev.pawl.hello", "0.1.0", "serving") + ","
                + module.formatted("com.example.report", version, state) + "]}}";
    }

    @Test
    void aJobIsDescribedInFull() {
        server.answer("GET " + JOB, 200, Jobs.FAILED);

        String out = pawl.run("job", "3f2a91c4").out();

        assertTrue(out.contains("Failure     No such file. (phase run)"), out);
        assertTrue(out.contains("Took        2.3 s"), out);
        assertTrue(out.contains("Checkpoint  {\"iteration\":3}"), out);
    }

    @Test
    void aJobThatRanMoreThanOnceShowsItsRuns() {
        server.answer("GET " + JOB, 200, Jobs.withRuns(2));
        String out = pawl.run("job", "3f2a91c4").out();
        assertTrue(out.contains("RUN  OUTCOME    MODULE  VERSION  STARTED   TOOK   ERROR"), out);
        assertTrue(out.contains("1  retry      hello   1.1.0    11:59:50  2.0 s  No such host."), out);

        server.answer("GET " + JOB, 200, Jobs.withRuns(1));
        assertFalse(pawl.run("job", "3f2a91c4").out().contains("OUTCOME"));

        server.answer("GET " + JOB, 200, Jobs.withRuns(25));
        assertTrue(pawl.run("job", "3f2a91c4").out().contains("5 earlier runs are not shown; -o json shows them."));

        String capped = Jobs.withRuns(25).strip().replaceFirst("}$", ",\"runs_left_out\":40}");
        server.answer("GET /jobs/3f2a91c4", 200, capped);
        String said = pawl.run("job", "3f2a91c4").out();
        assertTrue(said.contains("45 earlier runs are not shown; GET /jobs/" + Jobs.ID + "/runs returns them."), said);
    }

    @Test
    void aRunShowsEachModuleAndVersionThatItsTasksRanOnOnce() {
        String done = "{\"task_index\":0,\"module\":\"words\",\"module_version\":\"2.0.0\"},";
        String same = "{\"task_index\":1,\"module\":\"hello\",\"module_version\":\"1.2.0\"}";
        server.answer("GET " + JOB, 200, Jobs.withDoneTasks(done + same));
        String out = pawl.run("job", "3f2a91c4").out();
        assertTrue(out.contains("1  completed  words, hello  2.0.0, 1.2.0  11:59:50"), out);

        server.answer("GET " + JOB, 200, Jobs.withDoneTasks(same));
        assertFalse(pawl.run("job", "3f2a91c4").out().contains("OUTCOME"));
    }

    @Test
    void theReasonOfAWaitingJobComesWithWhatUnblocksIt() {
        server.answer(
                "GET " + JOB + "/why",
                200,
                "{\"code\":\"queued\",\"sentence\":\"Queued behind 3 jobs.\",\"unblocked_by\":\"A free slot.\",\"position\":4}");

        assertEquals(
                "Queued behind 3 jobs.\nA free slot.\nIts place in the queue is 4.\n",
                pawl.run("why", "3f2a91c4").out());
    }

    @Test
    void linesAfterTheFirstOfAMessageStandBelowIt() {
        server.answer("GET " + JOB + "/logs", 200, "{\"logs\":[" + Jobs.entry(1, "INFO", "one\\ntwo\\u001b[2J") + "]}");

        assertEquals(
                "11:59:58.001 INFO    one\n                     two?[2J\n",
                pawl.run("logs", "3f2a91c4", "-n", "7").out());
        assertEquals(JOB + "/logs?limit=7", server.last("GET", JOB + "/logs").target());
    }

    @Test
    void followingALogGoesOnAfterWhatWasShown() {
        server.answer("GET " + JOB + "/logs", 200, "{\"logs\":[" + Jobs.entry(4, "INFO", "four") + "]}").stream(
                        "3f2a91c4", "{\"type\":\"ping\"}", Jobs.entry(5, "INFO", "five"))
                .answer("GET " + JOB, 200, Jobs.COMPLETED);

        Pawl.Outcome outcome = pawl.run("logs", "3f2a91c4", "--follow", "-o", "json");

        assertEquals(Jobs.entry(4, "INFO", "four") + "\n" + Jobs.entry(5, "INFO", "five") + "\n", outcome.out());
        assertTrue(server.last("GET", JOB + "/logs/stream").target().endsWith("?after=4"));
        assertEquals(0, outcome.code());
    }

    @Test
    void rawResultsAreOneArrayOverAllPages() throws Exception {
        server.answer("GET " + JOB + "/results", 200, Jobs.results(1_000, 1_002))
                .thenAnswer(
                        "GET " + JOB + "/results",
                        200,
                        "{\"results\":[{\"data\":{\"n\":1001},\"sequence\":1001},{\"data\":{\"n\":1.50},\"sequence\":1002}]}");

        Pawl.Outcome outcome = pawl.run("result", "3f2a91c4", "--raw");

        assertEquals(1_002, JsonTrees.parse(outcome.out()).size());
        assertTrue(outcome.out().endsWith("{\"n\":1001},\n{\"n\":1.50}\n]\n"), "numbers keep their digits");
        assertTrue(server.last("GET", JOB + "/results").target().contains("after=1000"));
    }

    @Test
    void noRawResultsAreAnEmptyArray() throws Exception {
        server.answer("GET " + JOB + "/results", 200, Jobs.results(0, 0));

        assertEquals(
                0,
                JsonTrees.parse(pawl.run("result", "3f2a91c4", "--raw").out()).size());
    }

    @Test
    void rawResultsOfAnUnknownJobAreNoHalfAnArray() {
        server.answer("GET " + JOB + "/results", 404, "{\"code\":\"PAWL-100\",\"detail\":\"There is no job.\"}");

        Pawl.Outcome outcome = pawl.run("result", "3f2a91c4", "--raw");

        assertEquals(1, outcome.code());
        assertEquals("", outcome.out());
    }

    @Test
    void resultsThatAreNoTableAreLinesOfJson() {
        server.answer(
                "GET " + JOB + "/results",
                200,
                "{\"results\":[{\"data\":{\"a\":[1,2]}},{\"data\":{\"b\":{\"c\":null}}}],\"total\":5}");

        assertEquals(
                "{\"a\":[1,2]}\n{\"b\":{\"c\":null}}\n3 more; --raw prints them all, -n NUMBER more of them.\n",
                pawl.run("result", "3f2a91c4").out());
    }

    @Test
    void theQueueIsShownPausedAndCleared() throws Exception {
        server.answer(
                        "GET /queue",
                        200,
                        "{\"queue\":[" + Jobs.PENDING + "],\"entries\":9,\"attributes\":{\"disabled\":true}}")
                .answer("PATCH /queue", 200, "{\"disabled\":true}")
                .answer("DELETE /queue", 204, "");

        List<String> shown = pawl.run("queue").lines();
        assertEquals("The queue is paused; `pawl queue resume` resumes it.", shown.get(0));
        assertEquals("8 more are waiting.", shown.get(3));
        assertEquals("The queue is paused.\n", pawl.run("queue", "pause").out());
        assertTrue(JsonTrees.parse(server.last("PATCH", "/queue").body())
                .path("disabled")
                .asBoolean());
        assertEquals(2, pawl.run("queue", "clear").code());
        assertEquals(0, pawl.run("queue", "clear", "--yes").code());
    }
}

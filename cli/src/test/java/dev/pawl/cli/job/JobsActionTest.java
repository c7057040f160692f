package dev.pawl.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import dev.pawl.cli.client.JsonTrees;
import org.junit.jupiter.api.Test;

/** Actions on all jobs of a filter, and on the priority of one. */
class JobsActionTest extends ServedCommandTest {

    private static final String DONE = """
            {"matched":12,"done":10,"skipped":1,"failed_count":1,
             "failed":[{"id":"3f2a91c4-0000-4000-8000-000000000001","code":"PAWL-616","detail":"The key is taken."}],
             "complete":true,"next_cursor":null}
            """;

    private JsonNode sent() throws Exception {
        return JsonTrees.parse(server.last("POST", "/jobs/actions").body());
    }

    @Test
    void allJobsOfAFilterAreRetriedAndTheFailuresNamed() throws Exception {
        server.answer("POST /jobs/actions", 200, DONE);
        Pawl.Outcome outcome = pawl.run("jobs", "--status", "failed", "--module", "hello", "--retry", "--yes");
        assertEquals(1, outcome.code(), outcome::err);
        assertEquals(
                "{\"action\":\"retry\",\"filter\":{\"status\":\"failed\",\"module\":\"hello\"}}", sent().toString());
        assertTrue(outcome.out().contains("10 jobs retried. 1 job had changed meanwhile. 1 job failed:"), outcome::out);
        assertTrue(outcome.out().contains("3f2a91c4  The key is taken."), outcome::out);
    }

    @Test
    void aScriptHasToMeanIt() throws Exception {
        server.answer("POST /jobs/actions", 200, DONE);
        Pawl.Outcome outcome = pawl.run("jobs", "--status", "pending", "--stop");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("whether 12 jobs are to be stopped; say --yes"), outcome::err);
        assertTrue(sent().path("dry_run").asBoolean());
    }

    @Test
    void aCountChangesNothing() throws Exception {
        server.answer("POST /jobs/actions", 200, DONE);
        Pawl.Outcome outcome = pawl.run("jobs", "-q", "night", "--priority", "5", "--dry-run");
        assertEquals(0, outcome.code(), outcome::err);
        assertEquals("12 jobs would be given the priority 5.", outcome.out().strip());
        assertEquals(
                "{\"action\":\"prioritize\",\"filter\":{\"q\":\"night\"},\"priority\":5,\"dry_run\":true}",
                sent().toString());
    }

    @Test
    void aJobOfTheServerDoesIt() throws Exception {
        server.answer("POST /jobs/actions", 200, "{\"job_id\":\"" + Jobs.ID + "\"}");
        Pawl.Outcome outcome = pawl.run("jobs", "--status", "completed", "--remove", "--yes", "--detach");
        assertEquals(Jobs.ID, outcome.out().strip());
        assertTrue(sent().path("async").asBoolean());
    }

    @Test
    void optionsThatDoNotFitTogetherAreRefused() throws Exception {
        assertEquals(2, pawl.run("jobs", "--stop", "--retry", "--yes").code());
        assertEquals(2, pawl.run("jobs", "--yes").code());
        assertEquals(2, pawl.run("jobs", "--stop", "--sort", "module", "--yes").code());
        assertEquals(
                2,
                pawl.run("jobs", "--status", "pending", "--priority", "2000", "--yes")
                        .code());
    }

    @Test
    void aJobGetsAnotherPriority() throws Exception {
        server.answer("PATCH /jobs/3f2a91c4", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}");
        Pawl.Outcome outcome = pawl.run("prioritize", "3f2a91c4", "--priority", "7");
        assertEquals(0, outcome.code(), outcome::err);
        assertEquals("{\"priority\":7}", server.last("PATCH", "/jobs/3f2a91c4").body());
        assertTrue(outcome.out().contains("has the priority 7 now."), outcome::out);
    }
}

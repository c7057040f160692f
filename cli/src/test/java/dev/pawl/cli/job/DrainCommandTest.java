package dev.pawl.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import dev.pawl.cli.client.JsonTrees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code pawl drain} finds the server by what people call it, and can wait. */
final class DrainCommandTest extends ServedCommandTest {

    private static final String BETA = "3f2a91c4-0000-4000-8000-000000000002";

    @BeforeEach
    void workers() {
        server.answer("GET /status", 200, "{\"worker_id\":\"" + BETA + "\"}")
                .answer(
                        "GET /workers",
                        200,
                        "{\"workers\":[" + worker("a1", "alpha", "\"attributes\":{}") + ","
                                + worker(BETA, "beta", "\"attributes\":{}") + "]}")
                .answer("PATCH /workers/" + BETA, 200, "{\"disabled\":false,\"drain\":true}")
                .answer("PATCH /workers/a1", 200, "{\"disabled\":false,\"drain\":true}");
    }

    private static String worker(String id, String name, String more) {
        return "{\"worker_id\":\"" + id + "\",\"hostname\":\"box\",\"status\":\"idle\",\"server\":{\"name\":\"" + name
                + "\"}," + more + "}";
    }

    private JsonNode sent(String id) throws JsonProcessingException {
        return JsonTrees.parse(server.last("PATCH", "/workers/" + id).body());
    }

    @Test
    void theServerThatIsAskedIsDrainedWithoutAName() throws Exception {
        assertEquals(0, pawl.run("drain", "--drain-timeout", "5m").code());
        assertTrue(sent(BETA).path("drain").asBoolean());
        assertEquals("5m", sent(BETA).path("drain_timeout").asText());
    }

    @Test
    void aServerIsFoundByItsNameAndTakenBack() throws Exception {
        assertEquals(
                "Server alpha takes jobs again.\n",
                pawl.run("drain", "alpha", "--undo").out());
        assertFalse(sent("a1").path("drain").asBoolean(true));
        assertEquals(
                "Server 3f2a91c4 takes no more jobs, and hands over its own.\n",
                pawl.run("drain", "3f2a91c4").out());
    }

    @Test
    void aNameOfSeveralWorkersIsRefused() {
        Pawl.Outcome outcome = pawl.run("drain", "box");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("a1, " + BETA), outcome.err());
    }

    @Test
    void aWaitEndsOnceNothingRunsThereAndInItsTimeAtTheLatest() {
        server.answer(
                "GET /workers/a1",
                200,
                worker("a1", "alpha", "\"attributes\":{\"drain\":true},\"drain_state\":\"drained\""));
        assertEquals(
                "Server alpha is drained.\n",
                pawl.run("drain", "alpha", "--wait").out());
        server.answer(
                "GET /workers/a1",
                200,
                worker("a1", "alpha", "\"attributes\":{\"drain\":true},\"drain_state\":\"draining\""));
        assertEquals(
                124, pawl.run("drain", "alpha", "--wait", "--timeout", "1s").code());
        server.answer("GET /workers/a1", 200, worker("a1", "alpha", "\"attributes\":{\"drain\":false}"));
        assertEquals(1, pawl.run("drain", "alpha", "--wait").code());
    }

    @Test
    void optionsThatContradictEachOtherAreAMatterOfUsage() {
        assertEquals(2, pawl.run("drain", "--undo", "--wait").code());
        assertEquals(2, pawl.run("drain", "--timeout", "5s").code());
        assertEquals(2, pawl.run("drain", "--wait", "--timeout", "soon").code());
    }
}

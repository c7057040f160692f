package dev.pawl.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitCommandTest extends ServedCommandTest {
    private static final String OTHER = Jobs.ID.replace("3f2a91c4", "4f2a91c4");

    @BeforeEach
    void prepare() {
        server
                .answer("GET /jobs/" + Jobs.ID + "/logs", 200, "{\"logs\":[" + Jobs.entry(7, "INFO", "Hello.") + "]}")
                .answer("GET /jobs/" + OTHER + "/logs", 200, "{\"logs\":[]}")
                .stream(Jobs.ID, Jobs.entry(8, "INFO", "Still here."))
                .stream(OTHER);
    }

    @Test
    void itEndsWithTheOutcomeOfTheJob() {
        server.answer("GET /jobs/" + Jobs.ID, 200, Jobs.COMPLETED);

        Pawl.Outcome outcome = pawl.run("wait", Jobs.ID);

        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("Job 3f2a91c4 completed in 2.3 s.\n", outcome.out());
        assertEquals(
                "/jobs/" + Jobs.ID + "/logs/stream?after=7",
                server.last("GET", "/jobs/" + Jobs.ID + "/logs/stream").target());
    }

    @Test
    void oneThatFailedMakesItFail() {
        server.answer("GET /jobs/" + Jobs.ID, 200, Jobs.COMPLETED)
                .answer("GET /jobs/" + OTHER, 200, Jobs.FAILED.replace("3f2a91c4", "4f2a91c4"));

        Pawl.Outcome outcome = pawl.run("wait", Jobs.ID, OTHER);

        assertEquals(1, outcome.code());
        assertEquals("Job 3f2a91c4 completed in 2.3 s.\nJob 4f2a91c4 failed in 2.3 s.\n", outcome.out());
        assertTrue(outcome.err().contains("No such file."), outcome.err());
    }

    @Test
    void itGivesUpInTime() {
        server.answer("GET /jobs/" + Jobs.ID, 200, Jobs.RUNNING);

        Pawl.Outcome outcome = pawl.run("wait", Jobs.ID, "--timeout", "300ms");

        assertEquals(124, outcome.code());
        assertTrue(outcome.err().contains("Not all jobs have ended within 300ms."), outcome.err());
        assertEquals(2, pawl.run("wait", Jobs.ID, "--timeout", "soon").code());
    }
}

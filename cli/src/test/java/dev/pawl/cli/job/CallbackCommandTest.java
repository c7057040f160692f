package dev.pawl.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import org.junit.jupiter.api.Test;

class CallbackCommandTest extends ServedCommandTest {
    private static final String PATH = "/jobs/3f2a91c4/callbacks/completed/retry";

    @Test
    void anEventIsToldAgain() {
        server.answer("POST " + PATH, 200, "{\"id\":\"" + Jobs.ID + ".completed\",\"event\":\"completed\"}");

        Pawl.Outcome outcome = pawl.run("callback", "3f2a91c4", "completed");

        assertEquals("It is told again as soon as possible: " + Jobs.ID + ".completed\n", outcome.out());
        assertEquals(0, outcome.code());
    }

    @Test
    void aJobShowsWhatItsCallbackWasToldOf() {
        String callbacks = ",\"callback_url\":\"https://ci.example.com/done\",\"callbacks\":[{\"event\":\"completed\","
                + "\"state\":\"waiting\",\"next_at\":\"2026-03-02T02:00:00.000+00:00\",\"tries\":[{\"status\":null,\"error\":\"The"
                + " receiver answers 500.\"}]}]}";
        String job = Jobs.COMPLETED.strip();
        server.answer("GET /jobs/3f2a91c4", 200, job.substring(0, job.length() - 1) + callbacks);

        Pawl.Outcome outcome = pawl.run("job", "3f2a91c4");

        assertTrue(outcome.out().contains("https://ci.example.com/done"), outcome.out());
        assertTrue(
                outcome.lines().stream()
                        .anyMatch(line -> line.matches("completed +waiting +1 +.* +The receiver answers 500\\.")),
                outcome.out());
    }
}

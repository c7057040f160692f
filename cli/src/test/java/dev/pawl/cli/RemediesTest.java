package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The output with which a user rolls a module back. */
class RemediesTest extends ServedCommandTest {
    private static final String FAILURE = "{\"phase\":\"initialize\",\"task_index\":0,\"message\":\"No such file.\","
            + "\"remedy\":\"`pawl module rollback hello --to 1.0.0`.\"}";

    @Test
    void aFailedJobIsShownWithItsRemedy() {
        server.answer("GET /jobs/3f2a91c4", 200, Jobs.job("failed", 40, "null", FAILURE));

        String shown = pawl.run("job", "3f2a91c4").out();

        assertTrue(shown.replaceAll(" +", " ").contains("Remedy `pawl module rollback hello --to 1.0.0`."), shown);
    }

    @Test
    void formerVersionsAreShownWithWhatTellsThemApart() {
        server.answer(
                "GET /modules/hello",
                200,
                "{\"id\":\"hello\",\"version\":\"2.0.0\",\"former\":["
                        + "{\"version\":\"1.0.0\",\"sha256\":\"abababab12345678\"},"
                        + "{\"version\":\"1.0.0\",\"sha256\":\"cdcdcdcd12345678\"}]}");

        String shown = pawl.run("module", "show", "hello").out();

        assertTrue(shown.contains("1.0.0 (abababab), 1.0.0 (cdcdcdcd)"), shown);
    }

    @Test
    void theStackInAWarningIsShownLineByLine() {
        server.answer(
                "GET /modules/hello",
                200,
                "{\"id\":\"hello\",\"version\":\"2.0.0\",\"warnings\":[\"It goes on.\\n    at a.B.c(B.java:1)\"]}");

        List<String> shown = pawl.run("module", "show", "hello").lines();

        assertTrue(shown.contains("Warning  It goes on."), shown::toString);
        assertTrue(shown.contains("             at a.B.c(B.java:1)"), shown::toString);
    }
}

package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that numbers keep all digits on every path through the command line, and that the cost of each is bounded by its length. */
class ExactNumbersTest extends ServedCommandTest {
    private static final String AMOUNT = "12345678901234567.89";
    private static final String PAYLOAD =
            "{\"a\":12345678901234567890.123456789,\"b\":0.1000,\"c\":-7E-300,\"d\":123456789012345678901234567890}";
    private static final String RESULTS =
            "{\"results\":[{\"id\":1,\"data\":{\"amount\":" + AMOUNT + "},\"sequence\":1}],\"total\":1}";
    private static final String LEDGER = """
            {"id":"ledger","name":"Ledger","version":"1.0.0","state":"ready",
             "inputs":[{"id":"amount","type":"number","required":true,"default":%s,"min":%s,"max":%s},
                       {"id":"payload","type":"json"}],
             "settings":[{"id":"rate","type":"number"}]}
            """;

    @BeforeEach
    void prepareAnswers() {
        server.answer("GET /modules/ledger", 200, LEDGER.formatted("null", "0.0", "1000000.0"))
                .answer("POST /jobs", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}")
                .answer("GET /jobs/" + Jobs.ID + "/results", 200, RESULTS);
    }

    @Test
    void inputsAndSettingsGoOutAsTheyWereTyped() {
        pawl.run(
                "run",
                "ledger",
                "--detach",
                "-i",
                "amount=" + AMOUNT,
                "-i",
                "payload=" + PAYLOAD,
                "-s",
                "rate=0.12345678901234567890");
        String sent = server.last("POST", "/jobs").body();
        assertTrue(sent.contains("\"amount\":" + AMOUNT + ","), sent);
        assertTrue(sent.contains("\"payload\":" + PAYLOAD), sent);
        assertTrue(sent.contains("\"rate\":0.12345678901234567890"), sent);
    }

    @Test
    void resultsAreShownAndWrittenAsTheyCame() {
        assertTrue(pawl.run("result", Jobs.ID).out().contains(AMOUNT));
        assertEquals(
                "[\n{\"amount\":" + AMOUNT + "}\n]\n",
                pawl.run("result", Jobs.ID, "--raw").out());
        assertEquals(RESULTS + "\n", pawl.run("result", Jobs.ID, "-o", "json").out());
    }

    @Test
    void aJobThatIsWaitedForIsWrittenWithEveryDigit() {
        server.stream(Jobs.ID)
                .answer(
                        "GET /jobs/" + Jobs.ID,
                        200,
                        Jobs.COMPLETED.replace("\"name\":\"World\"", "\"amount\":" + AMOUNT));
        String out = pawl.run("run", "ledger", "-i", "amount=" + AMOUNT, "--wait", "-o", "json")
                .out();
        assertTrue(out.contains("\"inputs\":{\"amount\":" + AMOUNT + "}"), out);
        assertTrue(out.contains("\"data\":{\"amount\":" + AMOUNT + "}"), out);
    }

    @Test
    void documentsGoThroughAsTheyAre() {
        server.answer("POST /data/ledger/book", 204, "")
                .answer("GET /data/ledger/book", 200, "{\"name\":\"book\"," + PAYLOAD.substring(1));
        pawl.run("data", "put", "ledger", "book", PAYLOAD);
        assertEquals(PAYLOAD, server.last("POST", "/data/ledger/book").body());
        String got = pawl.run("data", "get", "ledger", "book").out();
        assertEquals("{\"name\":\"book\"," + PAYLOAD.substring(1) + "\n", got);
    }

    @Test
    void settingsKeepTheDigitsOfThoseThatStay() {
        server.answer("GET /modules/ledger/settings", 200, "{\"rate\":1,\"other\":" + AMOUNT + "}")
                .answer("PUT /modules/ledger/settings", 200, "{}");
        pawl.run("module", "settings", "ledger", "-s", "rate=0.10");
        assertEquals(
                "{\"rate\":0.10,\"other\":" + AMOUNT + "}",
                server.last("PUT", "/modules/ledger/settings").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"x\":{\"a\":1,\"a\":2}}"})
    void aNameThatIsTypedTwiceIsRefusedAndNotTakenOnce(String json) {
        Pawl.Outcome put = pawl.run("data", "put", "ledger", "book", json);
        assertEquals(2, put.code());
        assertTrue(put.err().contains("twice"), put.err());
        Pawl.Outcome run = pawl.run("run", "ledger", "--detach", "-i", "amount=1", "-i", "payload=" + json);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("twice"), run.err());
        assertFalse(
                server.requests().stream().anyMatch(request -> request.method().equals("POST")));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 1000000.0, (0 to 1000000)",
        "-0.50, 12345678901234567.890, (-0.5 to 12345678901234567.89)",
        "1e400000000, 1e2000000000, (1E+400000000 to 1E+2000000000)",
        "1e-400000000, 1.5e-2000000000, (1E-400000000 to 1.5E-2000000000)"
    })
    void theBoundsOfAFieldCostNoMoreThanTheirTextIsLong(String min, String max, String shown) {
        server.answer("GET /modules/ledger", 200, LEDGER.formatted("1e2000000000", min, max));
        Pawl wide = pawl.onTerminal(200);
        String out = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> wide.run("module", "show", "ledger")
                .out());
        assertTrue(out.contains(shown), out);
    }

    @Test
    void whatIsNotShownAsANumberOfItsOwnCostsNoMoreEither() {
        String hostile = "1e2000000000";
        server.answer(
                        "GET /jobs",
                        200,
                        "{\"jobs\":[{\"id\":\"" + Jobs.ID + "\",\"status\":\"running\",\"progress\":" + hostile + "}]}")
                .answer("GET /status", 200, "{\"status\":\"running\",\"abandoned_threads\":" + hostile + "}")
                .answer(
                        "GET /queue",
                        200,
                        "{\"queue\":[],\"entries\":" + hostile + ",\"attributes\":{\"disabled\":false}}")
                .answer(
                        "GET /jobs/" + Jobs.ID + "/results",
                        200,
                        RESULTS.replace("\"total\":1", "\"total\":" + hostile));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            pawl.run("jobs");
            pawl.run("status");
            pawl.run("queue");
            pawl.run("result", Jobs.ID);
            pawl.run("result", Jobs.ID, "--raw");
        });
    }
}

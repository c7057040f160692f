package dev.pawl.cli.job;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import dev.pawl.cli.client.JsonTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest extends ServedCommandTest {
    private static final String JOB = "/jobs/" + Jobs.ID;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepareAnswers() {
        server.answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("POST /jobs", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}")
                .answer("GET " + JOB + "/results", 200, Jobs.results(3, 3));
    }

    private void jobCompletes() {
        server.stream(Jobs.ID, Jobs.entry(1, "INFO", "Hello, World!"), Jobs.entry(2, "WARNING", "Nearly done"))
                .answer("GET " + JOB, 200, Jobs.COMPLETED);
    }

    @Test
    void theLogComesFirstAndThenTheResults() {
        jobCompletes();

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World", "-i", "count=3");

        assertEquals(
                List.of(
                        "Job " + Jobs.ID,
                        "11:59:58.001 INFO    Hello, World!",
                        "11:59:58.002 WARNING Nearly done",
                        "Job 3f2a91c4 completed in 2.3 s; 3 results.",
                        "GREETING  ITERATION",
                        "Hello             1",
                        "Hello             2",
                        "Hello             3"),
                outcome.lines());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.code());
    }

    @ParameterizedTest
    @CsvSource({
        "-i, mode=a, mode=b, '-i gives \"mode\" twice'",
        "-s, mode=a, mode=b, '-s gives \"mode\" twice'",
        "-i, delayMs=5, delay_ms=6, '-i gives \"delayMs\" and \"delay_ms\", which are the same name'",
        "-i, mode=a, mode, '-i is \"mode\"; it takes KEY=VALUE'"
    })
    void aNameIsGivenOnce(String option, String one, String other, String sentence) {
        Pawl.Outcome outcome = pawl.run("run", "hello", option, one, option, other);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains(sentence), outcome.err());
    }

    @Test
    void textsBecomeTheTypesThatTheModuleDeclares() throws Exception {
        jobCompletes();
        Path file = Files.writeString(folder.resolve("extra.json"), "{\"a\": [1]}");

        pawl.run(
                "run",
                "hello",
                "-i",
                "name=3",
                "-i",
                "count=3",
                "-i",
                "delayMs=5",
                "-i",
                "rate=2.50",
                "-i",
                "loud=true",
                "-i",
                "extra=@" + file,
                "-s",
                "greeting=a=b",
                "-d",
                "2h",
                "--priority",
                "7");

        JsonNode sent = JsonTrees.parse(server.last("POST", "/jobs").body());
        assertEquals(JsonTrees.parse("""
                        {"module_id":"hello","inputs":{"name":"3","count":3,"delayMs":5,"rate":2.50,"loud":true,
                         "extra":{"a":[1]}},"settings":{"greeting":"a=b"},"max_duration":"2h","priority":7}
                        """), sent);
    }

    @Test
    void whenHowOftenAndUnderWhichKeyAJobRunsIsPassedOn() throws Exception {
        jobCompletes();

        pawl.run(
                "run",
                "hello",
                "-i",
                "name=x",
                "--at",
                "2026-12-24T18:00:00+01:00",
                "--attempts",
                "5",
                "--unique-key",
                "nightly",
                "--unique-for",
                "10m",
                "--on-conflict",
                "reject");

        assertEquals(
                JsonTrees.parse("""
                        {"module_id":"hello","inputs":{"name":"x"},"not_before":"2026-12-24T18:00:00+01:00",
                         "retry":{"max_attempts":5},"unique_key":"nightly","unique_for":"10m",
                         "on_conflict":"reject"}
                        """),
                JsonTrees.parse(server.last("POST", "/jobs").body()));
    }

    @Test
    void whoIsToldOfAJobIsPassedOn() throws Exception {
        jobCompletes();

        pawl.run(
                "run",
                "hello",
                "-i",
                "name=x",
                "--callback-url",
                "https://ci.example.com/done",
                "--callback-event",
                "failed,stopped",
                "--callback-secret",
                "ci");

        assertEquals(
                JsonTrees.parse("""
                        {"module_id":"hello","inputs":{"name":"x"},"callback_url":"https://ci.example.com/done",
                         "callback_events":["failed","stopped"],"callback_secret":"ci"}
                        """),
                JsonTrees.parse(server.last("POST", "/jobs").body()));
    }

    @Test
    void eventsAreCheckedBeforeAServerIsAsked() {
        Pawl.Outcome none = pawl.run("run", "hello", "--callback-event", "failed");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("--callback-event needs a --callback-url."), none.err());
        Pawl.Outcome wrong =
                pawl.run("run", "hello", "--callback-url", "https://a.example", "--callback-event", "done");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("--callback-event is \"done\"; it takes running,"), wrong.err());
    }

    @Test
    void aTextThatBeginsWithAnAtSignIsWrittenWithTwo() throws Exception {
        jobCompletes();

        pawl.run("run", "hello", "-i", "name=@@bob");

        assertEquals(
                "@bob",
                JsonTrees.parse(server.last("POST", "/jobs").body())
                        .at("/inputs/name")
                        .textValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-i count=three | -i count is \"three\"; it takes a whole number, such as 3.",
                "-i count=3.5 | -i count is \"3.5\"; it takes a whole number",
                "-i rate=fast | -i rate is \"fast\"; it takes a number",
                "-i loud=maybe | -i loud is \"maybe\"; it takes true or false.",
                "-i extra=[1 | -i extra is \"[1\"; it takes JSON",
                "-i name=@none.txt | The file none.txt does not exist. To give a text that begins with @, write @@none.txt.",
                "-i name | -i is \"name\"; it takes KEY=VALUE.",
                "-s greeting | -s is \"greeting\"; it takes KEY=VALUE.",
                "-d soon | -d is \"soon\"; it takes a number with its unit: ms, s, m, h or d.",
                "--priority high | --priority is \"high\"; it takes a whole number.",
                "-o xml | --output is \"xml\"; it takes table, json or yaml.",
                "--url ftp://x | The server's address is \"ftp://x\"; it takes one such as http://127.0.0.1:8420.",
                "--follow --detach | mutually exclusive",
                "--nonsense | `pawl run` has no option --nonsense.",
                "name=World | Inputs are given with -i: pawl run … -i name=World",
                "--at tomorrow | --at is \"tomorrow\"; it takes a time with its offset",
                "--priority 99999 | --priority is 99999; it takes a number from -1000 to 1000.",
                "--attempts 0 | --attempts is 0; it takes a number from 1 to 100.",
            })
    void aWrongOptionIsNamedWithWhatItTakes(String options, String complaint) {
        String[] arguments = ("run hello " + options).split(" ", -1);

        Pawl.Outcome outcome = pawl.run(arguments);

        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(complaint), outcome.err());
        assertTrue(outcome.err().contains("`pawl run --help`"), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void aFailedJobEndsWithItsReasonOnTheErrorStream() {
        server.stream(Jobs.ID, Jobs.entry(1, "ERROR", "No such file.")).answer("GET " + JOB, 200, Jobs.FAILED);

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World");

        assertEquals(1, outcome.code());
        assertEquals("Failed No such file. (phase run)\n", outcome.err());
    }

    @Test
    void whatTheServerRefusesIsSaidWithItsRemedy() {
        server.answer(
                "POST /jobs",
                400,
                "{\"code\":\"PAWL-102\",\"detail\":\"name is missing.\",\"remedy\":\"`pawl module show ID` shows the inputs.\"}");

        Pawl.Outcome outcome = pawl.run("run", "hello");

        assertEquals(1, outcome.code());
        assertEquals("Error: name is missing.\n`pawl module show ID` shows the inputs.\n", outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void waitingShowsResultsWithoutTheLog() {
        jobCompletes();

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World", "--wait");

        assertFalse(outcome.out().contains("Hello, World!"));
        assertTrue(outcome.out().contains("GREETING  ITERATION"));
    }

    @Test
    void detachingWritesTheIdAlone() {
        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World", "--detach");

        assertEquals(Jobs.ID + "\n", outcome.out());
        assertEquals(0, outcome.code());
    }

    @Test
    void programsGetTheJobWithItsResultsAndNothingElse() throws Exception {
        jobCompletes();

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World", "-o", "json");

        JsonNode json = JsonTrees.parse(outcome.out());
        assertEquals("completed", json.path("status").textValue());
        assertEquals(3, json.path("results").size());
        assertEquals(3, json.path("total").intValue());
    }

    @Test
    void aBrokenStreamIsTakenUpAfterTheLastEntry() {
        server.stream(Jobs.ID, 1001, Jobs.entry(1, "INFO", "one")).brokenStream(Jobs.ID).stream(
                        Jobs.ID, Jobs.entry(2, "INFO", "two"))
                .answer("GET " + JOB, 200, Jobs.RUNNING)
                .thenAnswer("GET " + JOB, 200, Jobs.RUNNING)
                .thenAnswer("GET " + JOB, 200, Jobs.COMPLETED);

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World");

        assertEquals(
                List.of("11:59:58.001 INFO    one", "11:59:58.002 INFO    two"),
                outcome.lines().subList(1, 3));
        assertTrue(server.last("GET", JOB + "/logs/stream").target().endsWith("?after=1"));
        assertEquals(0, outcome.code());
    }

    @Test
    void aServerThatIsStillStartingIsWaitedFor() {
        server.stream(Jobs.ID, 1001, Jobs.entry(1, "INFO", "one")).missingStream(Jobs.ID).stream(
                        Jobs.ID, Jobs.entry(2, "INFO", "two"))
                .answer("GET " + JOB, 200, Jobs.RUNNING)
                .thenAnswer("GET " + JOB, 503, "{\"code\":\"PAWL-601\",\"detail\":\"The server is starting.\"}")
                .thenAnswer("GET " + JOB, 200, Jobs.COMPLETED);
        server.stream(Jobs.ID); // nothing more is logged

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World");

        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("The server is gone; waiting for it to come back …\n", outcome.err());
        assertEquals(
                List.of("11:59:58.001 INFO    one", "11:59:58.002 INFO    two"),
                outcome.lines().subList(1, 3));
    }

    @Test
    void whoeverLeavesIsToldHowTheJobGoesOn() throws Exception {
        server.stream(Jobs.ID, 1001, Jobs.entry(1, "INFO", "one")).answer("GET " + JOB, 200, Jobs.RUNNING);
        FutureTask<Pawl.Outcome> run = new FutureTask<>(() -> pawl.run("run", "hello", "-i", "name=World"));
        new Thread(run).start();

        eventually("the command listens", pawl::interrupt);

        assertEquals(130, run.get().code());
        assertEquals(
                "Job 3f2a91c4 keeps running: `pawl logs 3f2a91c4 --follow` follows it, `pawl stop 3f2a91c4` stops it.\n",
                run.get().err());
    }
}

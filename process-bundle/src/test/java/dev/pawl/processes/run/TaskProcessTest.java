package dev.pawl.processes.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that behave well and badly, each with its stated end. */
@NeedsProgram({"setsid", "sh"})
class TaskProcessTest extends TaskProcessCase {

    @Test
    void aProcessThatSpeaksTheProtocolIsAModule() {
        HarnessRun run = speaking("""
                read -r start
                echo '{"type":"ready","protocol":1,"shim":"test"}'
                echo '{"type":"log","level":"WARNING","message":"hello"}'
                echo '{"type":"result","data":{"n":1}}'
                echo '{"type":"result","data":[1,2]}'
                echo '{"type":"progress","percent":40,"info":{"frame":7}}'
                echo '{"type":"checkpoint","id":"c","values":{"n":1}}'
                read -r ack
                echo "$ack" >&2
                echo '{"type":"data","id":"d","op":"put","name":"seen","value":{"a":1}}'
                read -r put
                echo '{"type":"data","id":"e","op":"get","name":"seen"}'
                read -r got
                echo "$got" >&2
                """ + DONE);
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> message(run));
        assertEquals(List.of(Map.of("n", 1), Map.of("value", List.of(1, 2))), run.results());
        assertEquals(Map.of("n", 1), run.checkpoint());
        assertEquals(40, run.percent());
        logged("hello", run);
        logged("{\"type\":\"ack\",\"id\":\"c\"}", run);
        logged("{\"type\":\"data\",\"id\":\"e\",\"value\":{\"a\":1}}", run);
    }

    @Test
    void theFirstMessageCarriesInputsAndCheckpoint() {
        HarnessRun run = job(ShellProcess.speaking(children, "read -r start; echo \"$start\" >&2; " + DONE))
                .inputs(Map.of("to", 2))
                .from(Map.of("n", 1))
                .run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> message(run));
        logged("\"inputs\":{\"to\":2}", run);
        logged("\"checkpoint\":{\"n\":1}", run);
        logged("\"next\":\"run\"", run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "exit 0 @ exit code 0 before it said that it was done",
                "echo why >&2; exit 3 @ why",
                "kill -s SEGV $$ @ SIGSEGV",
                "kill -s KILL $$ @ probably since memory ran out",
                "i=0; while [ $i -lt 25 ]; do echo garbage; i=$((i+1)); done; sleep 60 @ does not speak the protocol",
                "head -c 9000000 /dev/zero | tr '\\0' x; echo; sleep 60 @ 9000000 bytes",
                "echo '{\"type\":\"failed\",\"message\":\"ValueError: no\",\"stack\":\"at x\"}' @ ValueError: no",
                "echo '{\"type\":\"ready\",\"protocol\":2}'; sleep 60 @ version 2 of the protocol",
                "exec >&- 2>&-; sleep 60 @ closed its output"
            })
    void eachBadEndHasItsSentence(String script, String sentence) {
        HarnessRun run = speaking(script);
        assertEquals(Outcome.RUN_FAILED, run.outcome());
        holds(sentence, run);
    }

    @Test
    void aProcessThatIsSilentForTooLongIsEnded() {
        HarnessRun run = job(ShellProcess.speaking(
                                children, "for i in 1 2 3 4; do sleep 0.4; echo alive >&2; done; sleep 60")
                        .neverSilentFor(Duration.ofSeconds(1)))
                .run();
        assertEquals(Outcome.RUN_FAILED, run.outcome());
        holds("silent for longer than the 1 s of its silence_s", run);
        assertEquals(
                4, run.lines().stream().filter(line -> line.contains("alive")).count());
    }

    @Test
    void aHalfMessageIsDroppedAndSaid() {
        HarnessRun run = speaking("printf '{\"type\":\"result\",\"da'; kill -s KILL $$");
        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertEquals(List.of(), run.results());
        logged("in the middle of a message", run);
    }

    @Test
    void aSingleBrokenLineIsAWarningAndNothingCountsAfterTheEnd() {
        HarnessRun run = speaking("echo oops; echo '{\"type\":\"what\"}'; " + DONE
                + "; echo '{\"type\":\"result\",\"data\":1}'; " + DONE);
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> message(run));
        assertEquals(List.of(), run.results());
        logged("is no message", run);
        logged("are not known here", run);
        logged("after its end is ignored", run);
    }

    @Test
    void aResultThatIsTooLargeFailsTheTaskAlone() {
        HarnessRun run = speaking(
                "printf '{\"type\":\"result\",\"data\":\"'; head -c 2000000 /dev/zero | tr '\\0' x; printf '\"}\\n'; sleep 60");
        assertEquals(Outcome.RUN_FAILED, run.outcome());
        holds("1,048,576 bytes", run);
    }

    @Test
    void aFloodOfErrorLinesNeverHoldsTheProcessUp() {
        HarnessRun run = speaking("yes a line of standard error | head -n 400000 >&2; " + DONE);
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> message(run));
        logged("lines of standard error came too fast", run);
    }

    @Test
    void aGrandchildThatHoldsThePipesEndsWithItsTask() {
        long began = System.nanoTime();
        Path there = folder.resolve("there");
        HarnessRun run = speaking("sleep 300 & (setsid sh -c ': >" + there + "; exec sleep 300' &); while [ ! -e "
                + there + " ]; do :; done; " + DONE);
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> message(run));
        logged("left behind are ended", run);
        assertTrue(System.nanoTime() - began < 8_000_000_000L, "it took too long");
    }

    @Test
    void aProgramWithoutProtocolSucceedsByItsExit() {
        HarnessRun good = job(ShellProcess.printing(
                        children,
                        "echo begins; cat | head -c 16 >&2; echo '{\"type\":\"result\",\"data\":{\"n\":1}}'; printf end"))
                .run();
        assertEquals(Outcome.COMPLETED, good.outcome(), () -> message(good));
        assertEquals(List.of(Map.of("n", 1)), good.results());
        logged("begins", good);
        logged("{\"type\":\"start\"", good);
        logged("end", good);
        HarnessRun bad =
                job(ShellProcess.printing(children, "echo no >&2; exit 4")).run();
        assertEquals(Outcome.RUN_FAILED, bad.outcome());
        holds("exit code 4", bad);
    }

    @Test
    void resultsOfAModuleThatKeepsThemAreSavedWithoutACheckpointOfItsOwn() {
        ShellProcess process = ShellProcess.speaking(children, """
                read -r start
                echo '{"type":"checkpoint","id":"1","values":{"period":1}}'
                read -r ack
                echo '{"type":"result","data":{"row":1}}'
                sleep 1
                kill -s KILL $$
                """).keeping();
        HarnessRun run = job(process).run();
        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertEquals(List.of(Map.of("row", 1)), run.results());
    }

    @Test
    void manyResultsComeInOrder() {
        HarnessRun run = speaking(
                "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo '{\"type\":\"result\",\"data\":{\"n\":'$i'}}'; done; "
                        + DONE);
        assertEquals(
                IntStream.rangeClosed(1, 2_000).boxed().toList(),
                run.results().stream().map(row -> row.get("n")).toList());
    }

    @Test
    void nothingIsLostWhenTheServerIsSlowerThanTheProcess() {
        TaskProcess process = new TaskProcess(
                ShellProcess.speaking(
                        children,
                        "i=0; while [ $i -lt 1200 ]; do i=$((i+1)); echo '{\"type\":\"result\",\"data\":{\"n\":'$i'}}'; done; "
                                + DONE),
                false);
        Module slow = module(process);
        HarnessRun run = JobHarness.of(() -> task -> slow.run(SlowContext.of(task, Duration.ofMillis(5))))
                .workDir(folder)
                .run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> message(run));
        assertEquals(1_200, run.results().size());
    }

    @Test
    void inputsAreValidatedAndCleanupFollowsInTheSameProcess() {
        ShellProcess process = ShellProcess.speaking(children, """
                read -r start
                case $start in
                  *'"next":"validate"'*'"to":0'*) echo '{"type":"failed","message":"to is 0"}'; exit 0 ;;
                  *'"next":"validate"'*) echo '{"type":"valid"}'; exit 0 ;;
                esac
                echo '{"type":"done"}'
                read -r cleanup
                echo "$$ $cleanup" >&2
                echo '{"type":"failed","message":"left behind"}'
                """);
        TaskProcess task = new TaskProcess(process, true);
        Module module = phased(task);
        HarnessRun refused = JobHarness.of(() -> module)
                .workDir(folder)
                .inputs(Map.of("to", 0))
                .run();
        assertEquals(Outcome.VALIDATION_FAILED, refused.outcome());
        holds("to is 0", refused);
        HarnessRun run = JobHarness.of(() -> module)
                .workDir(folder)
                .inputs(Map.of("to", 1))
                .run();
        task.close();
        assertEquals(Outcome.CLEANUP_FAILED, run.outcome());
        holds("left behind", run);
        logged("\"outcome\":\"completed\"", run);
    }
}

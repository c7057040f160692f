package dev.pawl.processes.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of tasks that are stopped, paused, or lose their supervisor. */
@NeedsProgram({"setsid", "sh"})
class StoppedProcessTest extends TaskProcessCase {

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "sleep 300",
                "trap '' TERM; sleep 300 & wait; sleep 300",
                "kill -s STOP $$; sleep 300",
                "while :; do echo '{\"type\":\"result\",\"data\":{\"n\":1}}'; done",
                "read -r start; while read -r line; do case $line in *stop*) exit 0;; esac; done"
            })
    void aStopEndsItWhateverItDoes(String script) throws InterruptedException {
        ShellProcess process = ShellProcess.speaking(children, script);
        JobHarness job = job(process);
        AtomicReference<HarnessRun> ended = new AtomicReference<>();
        Thread runner = new Thread(() -> ended.set(job.run()));
        runner.start();
        Eventually.eventually(
                "it runs", Duration.ofSeconds(20), () -> process.last().get() != null);
        job.stop();
        Eventually.eventually("TERM and CONT were sent", Duration.ofSeconds(20), () -> {
            runner.join(100);
            return !runner.isAlive() || script.startsWith("trap");
        });
        while (runner.isAlive()) { // the server's next step, which the harness leaves to its caller
            runner.interrupt();
            runner.join(500);
        }
        assertEquals(Outcome.STOPPED, ended.get().outcome());
        assertFalse(process.last().get().isAlive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 300", // validate
                "read -r start; case $start in *validate*) echo '{\"type\":\"valid\"}'; exit 0 ;; esac; sleep 300", // run
            })
    void aStopInAnyPhaseHasOneEnd(String script) throws InterruptedException {
        ShellProcess process = ShellProcess.speaking(children, script);
        TaskProcess task = new TaskProcess(process, true);
        JobHarness job = JobHarness.of(() -> phased(task)).workDir(folder);
        AtomicReference<HarnessRun> ended = new AtomicReference<>();
        Thread runner = new Thread(() -> ended.set(job.run()));
        runner.start();
        Eventually.eventually(
                "it runs", Duration.ofSeconds(20), () -> process.last().get() != null);
        job.stop();
        while (runner.isAlive()) {
            runner.join(3_000);
            runner.interrupt();
        }
        task.close();
        assertEquals(Outcome.STOPPED, ended.get().outcome());
        assertFalse(process.last().get().isAlive());
    }

    @Test
    void aProcessLeavesAtACheckpointWhenItsJobIsPaused() {
        JobHarness job = job(ShellProcess.speaking(children, """
                read -r start
                echo '{"type":"result","data":{"n":1}}'
                echo '{"type":"checkpoint","id":"1","values":{"n":1}}'
                read -r ack
                case $ack in *park*) exit 0 ;; esac
                echo '{"type":"result","data":{"n":2}}'
                """ + DONE));
        job.pauseAtCheckpoint(1);
        assertEquals(Outcome.PAUSED, job.run().outcome());
        HarnessRun second = job.run();
        assertEquals(Outcome.COMPLETED, second.outcome(), () -> message(second));
    }

    @Test
    void aSupervisorThatDiedIsReplacedAndKnowsTheGroups() throws InterruptedException {
        ShellProcess process = ShellProcess.speaking(children, "read -r start; read -r more; " + DONE);
        JobHarness job = job(process);
        Thread runner = new Thread(job::run);
        runner.start();
        Eventually.eventually(
                "it runs", Duration.ofSeconds(20), () -> process.last().get() != null);
        long first = children.supervisorPid();
        ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        Eventually.eventually("it is gone", Duration.ofSeconds(10), () -> ProcessHandle.of(first)
                .isEmpty());
        job.stop();
        runner.join(10_000);
        assertFalse(runner.isAlive(), "the stop did not end it");
        assertTrue(children.supervisorPid() != first);
    }
}

package dev.pawl.processes.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import dev.pawl.processes.child.ChildEnvironment;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.child.WarmProcesses;
import dev.pawl.processes.protocol.MessageParser;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that take task after task, and when they do not. */
@NeedsProgram({"setsid", "sh"})
class WarmProcessTest {

    private static final String GOOD =
            "while read -r start; do echo '{\"type\":\"ready\"}'; echo line $$ >&2; printf '\\036stays\\n' >&2; echo '{\"type\":\"done\"}'; done";

    @TempDir
    Path folder;

    private Children children;
    private WarmProcesses warm;
    private final AtomicInteger started = new AtomicInteger();
    private @Nullable Child last;

    @BeforeEach
    void prepare() {
        children = new Children(
                folder.resolve("processes.mark"), Thread.currentThread().getThreadGroup());
        warm = children.warmProcesses();
    }

    @AfterEach
    void end() {
        warm.close();
        children.close();
    }

    /** A module whose processes are taken from those that wait. */
    private final class Reusing implements ModuleProcess {

        private final String script;

        Reusing(String script) {
            this.script = script;
        }

        @Override
        public Child start(TaskContext task) throws IOException {
            Child waiting = warm.take();
            if (waiting == null) {
                started.incrementAndGet();
                waiting = children.start(
                        List.of("/bin/sh", "-c", script),
                        folder,
                        ChildEnvironment.of(System.getenv(), List.of()),
                        new MessageParser(false));
            }
            last = waiting;
            return waiting;
        }

        @Override
        public void finished(Child child, boolean stays) {
            if (stays) {
                warm.giveBack(child);
            } else {
                warm.end(child);
            }
        }

        @Override
        public Map<String, Object> startFields(TaskContext task) {
            return Map.of();
        }

        @Override
        public boolean reuses() {
            return true;
        }

        @Override
        public boolean listens() {
            return true;
        }

        @Override
        public boolean saysDone() {
            return true;
        }

        @Override
        public boolean keepsResults() {
            return false;
        }

        @Override
        public void answer(TaskContext task, String id, Map<String, ?> message) {
            // It listens.
        }

        @Override
        public void forget(TaskContext task) {
            // Nothing is on disk.
        }
    }

    private JobHarness job(String script) {
        Module module = task -> {
            try (TaskProcess process = new TaskProcess(new Reusing(script), false)) {
                process.run(task);
            }
        };
        return JobHarness.of(() -> module).workDir(folder);
    }

    private HarnessRun run(String script) {
        return job(script).run();
    }

    @Test
    void oneProcessTakesTaskAfterTaskAndEachHasItsOwnLines() {
        for (int n = 0; n < 50; n++) {
            HarnessRun run = run(GOOD);
            assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
            assertEquals(
                    1,
                    run.lines().stream().filter(line -> line.contains("line ")).count(),
                    () -> run.lines().toString());
        }
        assertEquals(1, started.get());
    }

    @Test
    void aProcessEndsAfterAThousandTasks() {
        for (int n = 0; n < 1_000; n++) {
            assertEquals(Outcome.COMPLETED, run(GOOD).outcome());
        }
        assertEquals(1, started.get());
        assertFalse(last != null && last.isAlive());
        run(GOOD);
        assertEquals(2, started.get());
    }

    @Test
    void aProcessThatDoesNotSayThatItStaysIsEnded() {
        String silent = "while read -r start; do echo '{\"type\":\"done\"}'; exit 0; done";
        assertEquals(Outcome.COMPLETED, run(silent).outcome());
        assertEquals(Outcome.COMPLETED, run(silent).outcome());
        assertEquals(2, started.get());
    }

    @Test
    void aFailedTaskEndsItsProcess() {
        String failing =
                "while read -r start; do printf '\\036stays\\n' >&2; echo '{\"type\":\"failed\",\"message\":\"no\"}'; done";
        assertEquals(Outcome.RUN_FAILED, run(failing).outcome());
        assertFalse(last != null && last.isAlive());
        assertEquals(Outcome.RUN_FAILED, run(failing).outcome());
        assertEquals(2, started.get());
    }

    @Test
    void aProcessThatDiedWhileItWaitedIsNoJobsFailure() {
        String once = "read -r start; printf '\\036stays\\n' >&2; echo '{\"type\":\"done\"}'; read -r start; exit 3";
        for (int n = 0; n < 4; n++) {
            assertEquals(Outcome.COMPLETED, run(once).outcome());
        }
        assertEquals(4, started.get());
    }

    @Test
    void aStopOfATaskEndsItsProcess() throws InterruptedException {
        assertEquals(Outcome.COMPLETED, run(GOOD).outcome());
        String long1 = "read -r start; sleep 300";
        warm.close();
        warm = children.warmProcesses();
        JobHarness job = job(long1);
        Thread runner = new Thread(job::run);
        runner.start();
        Eventually.eventually("it runs", Duration.ofSeconds(20), () -> started.get() == 2);
        job.stop();
        while (runner.isAlive()) {
            runner.interrupt();
            runner.join(500);
        }
        assertFalse(last != null && last.isAlive());
    }

    @Test
    void thoseThatWaitEndWithTheirVersion() {
        assertEquals(Outcome.COMPLETED, run(GOOD).outcome());
        assertTrue(last != null && last.isAlive());
        warm.close();
        assertFalse(last != null && last.isAlive());
        assertEquals(Outcome.COMPLETED, run(GOOD).outcome());
        assertFalse(last != null && last.isAlive(), "it waits for a version that has gone");
    }
}

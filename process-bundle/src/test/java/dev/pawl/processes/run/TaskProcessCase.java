package dev.pawl.processes.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.processes.child.Children;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The processes of tests that run a script as a task, none of which is left after a test. */
abstract class TaskProcessCase {

    static final String DONE = "echo '{\"type\":\"done\"}'";

    @TempDir
    Path folder;

    Children children;

    @BeforeEach
    final void prepare() {
        children = new Children(
                folder.resolve("processes.mark"), Thread.currentThread().getThreadGroup());
    }

    @AfterEach
    final void nothingIsLeft() {
        children.close();
        Eventually.eventually(
                "the supervisor ends", Duration.ofSeconds(10), () -> ProcessHandle.of(children.supervisorPid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
        assertFalse(Files.exists(folder.resolve("processes.mark")));
    }

    final JobHarness job(ModuleProcess process) {
        return JobHarness.of(() -> module(new TaskProcess(process, false))).workDir(folder);
    }

    static Module module(TaskProcess process) {
        return new Module() {
            @Override
            public void run(TaskContext task) throws Exception {
                try (process) {
                    process.run(task);
                }
            }
        };
    }

    static Module phased(TaskProcess task) {
        return new Module() {
            @Override
            public void validate(TaskContext context) throws ValidationException {
                try {
                    task.validate(context);
                } catch (ValidationException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new ValidationException(String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public void run(TaskContext context) throws Exception {
                task.run(context);
            }

            @Override
            public void cleanup(TaskContext context) throws CleanupException {
                task.cleanup(context);
            }
        };
    }

    final HarnessRun speaking(String script) {
        return job(ShellProcess.speaking(children, script)).run();
    }

    static String message(HarnessRun run) {
        return run.thrown() == null
                ? "nothing was thrown"
                : String.valueOf(run.thrown().getMessage());
    }

    static void holds(String text, HarnessRun run) {
        assertTrue(message(run).contains(text), () -> message(run));
    }

    static void logged(String text, HarnessRun run) {
        assertTrue(run.lines().stream().anyMatch(line -> line.contains(text)), () -> String.valueOf(run.lines()));
    }
}

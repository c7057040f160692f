package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ends the process at each call of the context: the next run ends as if the first had never been. */
final class KilledAnywhereTest extends BackupTest {

    /** The module, whose process dies at a call. */
    private record Dying(AtomicInteger left) implements Module {

        @Override
        public void validate(TaskContext task) throws ValidationException {
            new BackupModule().validate(task);
        }

        @Override
        public void run(TaskContext task) throws Exception {
            new BackupModule().run((TaskContext) Proxy.newProxyInstance(
                    TaskContext.class.getClassLoader(),
                    new Class<?>[] {TaskContext.class},
                    (proxy, method, arguments) -> {
                        try {
                            boolean saves = method.getName().equals("checkpoint") && arguments.length == 1;
                            if (saves) {
                                die();
                            }
                            Object result = method.invoke(task, arguments);
                            if (saves
                                    || List.of("throwIfCancelled", "data", "info", "files")
                                            .contains(method.getName())) {
                                die();
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        private void die() {
            if (left.decrementAndGet() == 0) {
                throw new Death();
            }
        }
    }

    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void fill() throws IOException {
        Files.writeString(Files.createDirectory(source.resolve("sub")).resolve("a"), "a");
        Files.write(source.resolve("b"), new byte[100_000]);
    }

    @Test
    void aKilledBackupLeavesOneSoundArchive() throws IOException {
        fill();
        int calls = 0;
        for (boolean killed = true; killed; ) {
            calls++;
            AtomicInteger left = new AtomicInteger(calls);
            JobHarness job = job(() -> new Dying(left), ofSource("keep_last", 3));
            job.run();
            killed = left.get() <= 0;
            left.set(Integer.MAX_VALUE);
            HarnessRun run = killed ? completed(job) : null;
            if (run != null) {
                Path archive = Path.of(
                        (String) run.results().get(run.results().size() - 1).get("output_file"));
                assertEquals(
                        List.of(String.valueOf(archive.getFileName())), names(archives), "killed at call " + calls);
                completed(job(BackupModule::new, Map.of("action", "verify", "archive", archive.toString())));
                Files.delete(archive);
            }
        }
        assertTrue(calls > 20, "it was killed at " + calls + " places");
    }

    @Test
    void aKilledRestoringEndsWithTheWholeFolder() throws IOException {
        fill();
        Path archive = backUp();
        int calls = 0;
        for (boolean killed = true; killed; ) {
            calls++;
            Path into = Files.createDirectory(root.resolve("into-" + calls));
            AtomicInteger left = new AtomicInteger(calls);
            JobHarness job = job(
                    () -> new Dying(left),
                    Map.of("action", "restore", "archive", archive.toString(), "into", into.toString()));
            job.run();
            killed = left.get() <= 0;
            left.set(Integer.MAX_VALUE);
            if (killed) {
                completed(job);
            }
            assertEquals(contents(source), contents(into), "killed at call " + calls);
        }
        assertTrue(calls > 5, "it was killed at " + calls + " places");
    }
}

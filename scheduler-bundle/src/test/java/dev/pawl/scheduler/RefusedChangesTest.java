package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a change refused by the store does not take effect, and that the state in force is the stored one. */
class RefusedChangesTest {

    /** Inputs with a secret. */
    public record Sealed(@Secret String password) {}

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    /** Makes a change while another program holds the database's lock, for longer than the store waits. */
    private void refused(Supplier<CompletionStage<Void>> change) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("pawl.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            CompletableFuture<Void> made = change.get().toCompletableFuture();
            Throwable cause =
                    assertThrows(CompletionException.class, made::join).getCause();
            assertEquals(
                    ProblemCode.STORE_UNAVAILABLE,
                    assertInstanceOf(ProblemException.class, cause).code());
            statement.execute("ROLLBACK");
        }
    }

    private void await(CompletionStage<Void> change) {
        change.toCompletableFuture().join();
    }

    @Test
    void aRefusedPauseOfTheQueueHoldsBackNothing() throws SQLException {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        refused(() -> running.queue.disable(true));
        assertFalse(running.queue.waiting(1).disabled());
        running.awaitStatus(running.start("m"), JobStatus.COMPLETED);
    }

    @Test
    void aRefusedResumeOfTheQueueLetsNothingGo() throws SQLException {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        await(running.queue.disable(true));
        String id = running.start("m");
        refused(() -> running.queue.disable(false));
        assertTrue(running.queue.waiting(1).disabled());
        running.restart();
        assertTrue(running.queue.waiting(1).disabled());
        assertEquals(JobStatus.PENDING, running.status(id));
    }

    @Test
    void aRefusedPauseOfAModuleAndARefusedEndOfItChangeNothing() throws SQLException {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        refused(() -> running.queue.pauseModule("m", true));
        assertFalse(running.parts.controls.isPaused("m"));
        await(running.queue.pauseModule("m", true));
        refused(() -> running.queue.pauseModule("m", false));
        assertTrue(running.parts.controls.isPaused("m"));
    }

    @Test
    void aRefusedChangeOfAWorkersAccessChangesNothing() throws SQLException {
        refused(() -> running.workers.disable("w1", true));
        assertFalse(running.workers.isDisabled("w1"));
        await(running.workers.disable("w1", true));
        refused(() -> running.workers.disable("w1", false));
        assertTrue(running.workers.isDisabled("w1"));
    }

    @Test
    void clientsThatChangeTheSameAtOnceLeaveMemoryAndDiskEqual() {
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < 200; round++) {
            List<CompletableFuture<Void>> changes = Stream.of(true, false)
                    .map(disabled -> CompletableFuture.runAsync(() -> {
                        meet(together);
                        await(running.parts.controls.disableQueue(disabled));
                        await(running.parts.controls.pause("m", disabled));
                        await(running.workers.disable("w1", disabled));
                    }))
                    .toList();
            changes.forEach(CompletableFuture::join);
            assertEquals(
                    running.documents
                            .get("pawl:queue", "attributes")
                            .orElseThrow()
                            .contains("true"),
                    running.queue.waiting(1).disabled(),
                    "round " + round);
            assertEquals(
                    running.documents.get("pawl:modules", "m").isPresent(),
                    running.parts.controls.isPaused("m"),
                    "round " + round);
            assertEquals(
                    running.documents.get("pawl:workers", "w1").isPresent(),
                    running.workers.isDisabled("w1"),
                    "round " + round);
        }
    }

    @Test
    void theSecretsOfAModuleAreWrittenDownOnceTheStoreTakesThem() throws SQLException {
        FakeModules.Kind kind =
                running.modules.put("m", 0, Sealed.class, AutomationModule.NoFields.class, () -> task -> {});
        refused(() -> {
            running.parts.secrets.learn("m", kind.inputs(), kind.settings());
            return running.queue.disable(true);
        });
        assertEquals(List.of(), running.documents.names("pawl:secrets"));
        running.parts.secrets.learn("m", kind.inputs(), kind.settings());
        eventually(
                "the change is stored",
                () -> !running.documents.names("pawl:secrets").isEmpty());
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

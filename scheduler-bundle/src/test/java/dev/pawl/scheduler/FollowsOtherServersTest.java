package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.queue.SharedDocuments;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Changes by another server to documents of the store that this one keeps in memory. */
final class FollowsOtherServersTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    private void put(String owner, String name, String json) {
        server.documents.put(owner, name, json).toCompletableFuture().join();
    }

    private void changed(String owner, String name, String json) {
        put(owner, name, json);
        server.parts.shared.changedElsewhere(owner);
    }

    private void removed(String owner, String name) {
        server.documents.delete(owner, name).toCompletableFuture().join();
        server.parts.shared.changedElsewhere(owner);
    }

    @Test
    void aPauseByAnotherServerHoldsHereUntilItsEnd() {
        server.modules.put("m", () -> task -> {});
        server.modulesChanged();
        List<QueueEvent.Change> told = new CopyOnWriteArrayList<>();
        server.parts.published.bind(new EventSink() {
            @Override
            public void add(Event event) {
                if (event instanceof QueueEvent queue) {
                    told.add(queue.change());
                }
            }

            @Override
            public void lost(String why) {}
        });
        changed("pawl:queue", "attributes", "{\"disabled\": true}");
        eventually(() -> assertTrue(server.parts.controls.isQueueDisabled()));
        String id = server.start("m");
        changed("pawl:modules", "m", "{\"paused\": true}");
        eventually(() -> assertTrue(server.parts.controls.isPaused("m")));
        removed("pawl:queue", "attributes");
        eventually(() -> assertFalse(server.parts.controls.isQueueDisabled()));
        assertEquals(JobStatus.PENDING, server.job(id).state().status());
        removed("pawl:modules", "m");
        server.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(
                List.of(
                        QueueEvent.Change.PAUSED,
                        QueueEvent.Change.PAUSED,
                        QueueEvent.Change.RESUMED,
                        QueueEvent.Change.RESUMED),
                told);
    }

    @Test
    void aWorkerThatAnotherServerDisablesIsDisabledHere() {
        changed("pawl:workers", "gpu", "{\"disabled\": true}");
        eventually(() -> assertTrue(server.parts.workers.isDisabled("gpu")));
        removed("pawl:workers", "gpu");
        eventually(() -> assertFalse(server.parts.workers.isDisabled("gpu")));
    }

    @Test
    void ownChangesAmongThoseOfAnotherServerLeaveMemoryAsTheStoreIs() {
        for (int round = 0; round < 50; round++) {
            boolean disabled = round % 2 == 0;
            var own = server.parts.controls.disableWorker("gpu", disabled);
            server.parts.shared.changedElsewhere("pawl:workers");
            own.toCompletableFuture().join();
            assertEquals(disabled, server.parts.controls.isDisabled("gpu"), "round " + round);
        }
    }

    @Test
    void whatCouldNotBeReadIsReadWithTheNextLook() {
        AtomicBoolean fails = new AtomicBoolean(true);
        SharedDocuments shared = new SharedDocuments(
                server.parts.controls, server.parts.secrets, server.parts.published, server.clock, () -> {}, work -> {
                    if (fails.get()) {
                        throw new RejectedExecutionException("the store is away");
                    }
                    work.run();
                });
        put("pawl:queue", "attributes", "{\"disabled\": true}");
        shared.changedElsewhere("pawl:queue");
        shared.look();
        assertFalse(server.parts.controls.isQueueDisabled());
        fails.set(false);
        shared.look();
        assertTrue(server.parts.controls.isQueueDisabled());
    }

    @Test
    void namesOfSecretsThatAnotherServerHasLearntAreHiddenHereToo() {
        JobRequest request = JobRequest.builder(List.of(new Task("elsewhere", Map.of("pin", "1234", "size", "9"))))
                .build();
        changed("pawl:secrets", "elsewhere", "{\"inputs\": [\"pin\"], \"settings\": []}");
        eventually(() -> {
            JobRequest masked = server.parts.secrets.masked(request);
            assertEquals("9", masked.tasks().get(0).inputs().get("size"));
            assertFalse(masked.toString().contains("1234"), masked.toString());
        });
        assertFalse(server.parts.secrets.sealed(request).toString().contains("1234"));
    }
}

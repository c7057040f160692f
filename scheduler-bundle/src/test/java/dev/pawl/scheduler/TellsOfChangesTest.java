package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.event.ProgressPace;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAction;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The events that tell those who follow of jobs, workers and the queue. */
class TellsOfChangesTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final Sink sink = new Sink();

    /** Keeps the events, and whether what each job's event tells can be read when it comes. */
    private final class Sink implements EventSink {
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final List<String> lost = new CopyOnWriteArrayList<>();
        private final List<JobEvent> unreadable = new CopyOnWriteArrayList<>();

        @Override
        public void add(Event event) {
            events.add(event);
            if (event instanceof JobEvent job && job.change() != JobEvent.Change.REMOVED) {
                Job stored = running.store.find(job.job().id()).orElseThrow();
                if (stored.state().epoch() < job.job().state().epoch()) {
                    unreadable.add(job);
                }
            }
        }

        @Override
        public void lost(String why) {
            lost.add(why);
        }

        private List<JobEvent> of(String job) {
            return events.stream()
                    .filter(JobEvent.class::isInstance)
                    .map(JobEvent.class::cast)
                    .filter(event -> event.job().id().toString().equals(job))
                    .toList();
        }

        private List<String> changes(String job) {
            return of(job).stream()
                    .map(event -> event.change().wireName() + " "
                            + event.job().state().status().wireName())
                    .toList();
        }

        private <T extends Event> List<T> all(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @BeforeEach
    void follow() {
        running.parts.published.bind(sink);
    }

    private void told(String job, String... changes) {
        eventually(() -> assertEquals(List.of(changes), sink.changes(job)));
        assertEquals(List.of(), sink.unreadable);
        assertEquals(List.of(), sink.lost);
    }

    @Test
    void aJobThatRunsAtOnceIsToldFromItsAdditionToItsEnd() {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        String id = running.start("m", "m");
        told(id, "added pending", "started running", "next_task running", "ended completed");
        JobEvent last = sink.of(id).get(3);
        assertNotNull(last.job().state().completedAt());
        assertEquals(1, last.job().state().taskIndex());
    }

    @Test
    void aJobThatWaitsTellsWhy() {
        String id = running.scheduler
                .enqueue(RunningScheduler.request("far").build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
        told(id, "added pending");
        assertEquals(
                ReasonCode.MODULE_MISSING,
                Objects.requireNonNull(sink.of(id).get(0).view().reason()).code());
    }

    @Test
    void aRetryTellsOfTheWaitAndItsFailure() {
        AtomicBoolean fails = new AtomicBoolean(true);
        running.modules.put("m", () -> task -> {
            if (fails.getAndSet(false)) {
                throw new IllegalStateException("No such host.");
            }
        });
        running.modulesChanged();
        String id = running.start(RunningScheduler.request("m")
                .retry(new RetryPolicy(2, Duration.ofHours(1), Duration.ofHours(1)))
                .build());
        told(id, "added pending", "started running", "waiting pending");
        JobEvent waiting = sink.of(id).get(2);
        assertEquals(
                ReasonCode.RETRY,
                Objects.requireNonNull(waiting.view().reason()).code());
        running.scheduler.resume(id).toCompletableFuture().join();
        eventually(() -> assertTrue(sink.changes(id).contains("ended completed")));
        List<String> all = sink.changes(id);
        assertEquals(List.of("started running", "ended completed"), all.subList(all.size() - 2, all.size()));
    }

    @Test
    void progressIsToldAtAPaceAndItsLastReportIsNotLost() {
        CountDownLatch reported = new CountDownLatch(1);
        running.modules.put("m", () -> task -> {
            for (int i = 1; i <= 100; i++) {
                task.progress(i, Map.of("secret", "hidden-info"));
                task.checkpoint(Map.of("i", i, "saved", "hidden-checkpoint"));
            }
            reported.countDown();
            running.letGo.await();
        });
        running.modulesChanged();
        String id = running.start("m");
        eventually("it has reported", () -> reported.getCount() == 0);
        running.time.advance(ProgressPace.INTERVAL);
        eventually(() -> {
            List<JobEvent> all = sink.of(id);
            assertEquals(100.0, all.get(all.size() - 1).job().state().progress().percent());
        });
        long told = sink.changes(id).stream().filter("progress running"::equals).count();
        assertTrue(told <= 4, () -> told + " events");
        assertFalse(sink.of(id).toString().contains("hidden"), "no event holds what a task saves and reports");
        running.letGo.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void manyJobsAreEachToldInTheirOrder() {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ids.add(running.start("m"));
        }
        for (String id : ids) {
            told(id, "added pending", "started running", "ended completed");
        }
        Map<UUID, Integer> seen = new HashMap<>();
        sink.all(JobEvent.class).forEach(event -> seen.merge(event.job().id(), 1, Integer::sum));
        assertEquals(300, seen.size());
    }

    @Test
    void aStopARemovalAndAClearedQueueAreTold() {
        String stopped = enqueued();
        running.scheduler.stop(stopped).toCompletableFuture().join();
        told(stopped, "added pending", "ended stopped");
        running.scheduler.remove(stopped).toCompletableFuture().join();
        told(stopped, "added pending", "ended stopped", "removed stopped");
        enqueued();
        running.queue.clear().toCompletableFuture().join();
        QueueEvent cleared = sink.all(QueueEvent.class).get(0);
        assertEquals(QueueEvent.Change.CLEARED, cleared.change());
        assertEquals(1, cleared.removed());
    }

    @Test
    void whatIsDoneToManyJobsIsToldOfEach() throws Exception {
        List<String> ids = List.of(enqueued(), enqueued());
        Actor operator = new Actor(new Principal("o", "o", Role.OPERATOR), Door.HTTP, null, null);
        BulkAction sooner = new BulkAction(JobAction.PRIORITIZE, null, ids, List.of(), 7);
        running.parts.actions.run(sooner, operator, null);
        BulkAction remove = new BulkAction(JobAction.REMOVE, null, ids, List.of(), null);
        running.parts.actions.run(remove, operator, null);
        for (String id : ids) {
            eventually(() -> assertTrue(sink.changes(id).contains("removed pending"), sink.changes(id)::toString));
        }
    }

    private String enqueued() {
        return running.scheduler
                .enqueue(RunningScheduler.request("far").build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
    }

    @Test
    void pausesOfTheQueueAndOfModulesAreTold() {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        running.queue.disable(true).toCompletableFuture().join();
        running.queue.disable(false).toCompletableFuture().join();
        running.queue.pauseModule("m", true).toCompletableFuture().join();
        assertEquals(
                List.of("paused null", "resumed null", "paused m"),
                sink.all(QueueEvent.class).stream()
                        .map(event -> event.change().wireName() + " " + event.module())
                        .toList());
    }

    @Test
    void workersThatComeGoAndAreDisabledAreTold() {
        ExternalWorkers external = new ExternalWorkers(running);
        Heartbeat idle = Heartbeat.withoutJob(WorkerStatus.IDLE, null, "box", "1.0");
        external.send("w1", idle);
        external.send("w1", idle);
        running.workers.disable("w1", true).toCompletableFuture().join();
        external.silence(31);
        external.send("w1", idle);
        running.workers.remove("w1");
        assertEquals(
                List.of("appeared", "disabled", "silent", "lost", "appeared", "removed"),
                sink.all(WorkerEvent.class).stream()
                        .map(event -> event.change().wireName())
                        .toList());
        assertEquals("box", sink.all(WorkerEvent.class).get(1).hostname());
        assertTrue(sink.all(WorkerEvent.class).get(2).disabled());
    }

    @Test
    void aWorkerIsToldOfWhenItSaysSomethingElseOrIsSilentAndNotWithEachHeartbeat() {
        ExternalWorkers external = new ExternalWorkers(running);
        Heartbeat idle = Heartbeat.withoutJob(WorkerStatus.IDLE, null, "box", "1.0");
        Heartbeat busy =
                new Heartbeat(WorkerStatus.IN_PROGRESS, null, "box", "1.0", "encode", null, "a.mkv", 1.0, Map.of());
        external.send("w1", idle);
        for (int beat = 0; beat < 20; beat++) {
            external.silence(5);
            external.send("w1", beat < 10 ? busy : idle);
            external.send("w1", beat < 10 ? busy : idle);
        }
        for (int flap = 0; flap < 20; flap++) { // within the same second
            external.send("w1", flap % 2 == 0 ? busy : idle);
        }
        external.silence(16);
        external.silence(1);
        external.send("w1", idle);
        external.silence(16);
        external.silence(16);
        assertEquals(
                List.of("appeared", "changed", "changed", "changed", "changed", "silent", "heard", "silent", "lost"),
                sink.all(WorkerEvent.class).stream()
                        .map(event -> event.change().wireName())
                        .toList());
    }

    @Test
    void anExternalWorkersJobIsToldFromItsLeaseToItsEnd() {
        ExternalWorkers external = new ExternalWorkers(running);
        String id = external.enqueued("far");
        assertTrue(external.polled("w1", null).isPresent());
        running.workers
                .completed(id, null, true, "No such file.")
                .toCompletableFuture()
                .join();
        told(id, "added pending", "started running", "ended failed");
    }

    @Test
    void aStoreThatCannotBeReadIsToldAsLostEvents() {
        running.modules.put("m", () -> task -> {
            running.letGo.await();
        });
        running.modulesChanged();
        String id = running.start("m");
        told(id, "added pending", "started running");
        running.refused.add("find");
        running.letGo.countDown();
        eventually("the loss is told", () -> !sink.lost.isEmpty());
        running.refused.clear();
        assertEquals(List.of("added pending", "started running"), sink.changes(id));
    }

    @Test
    void nothingIsMadeWhileNobodyFollows() {
        running.parts.published.unbind(sink);
        running.modules.put("m", () -> task -> {});
        running.completed(task -> {});
        running.parts.published.bind(sink);
        String id = enqueued();
        told(id, "added pending");
        assertEquals(1, sink.events.size());
    }
}

package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** External workers that poll the queue beside this process and are known by their heartbeats. */
class SharesTheQueueTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final ExternalWorkers external = new ExternalWorkers(running);
    private final FakeModules modules = running.modules;

    @Test
    void anUnnamedPollGetsOnlyJobsThatThisServerCannotDoAlone() {
        running.queue.disable(true).toCompletableFuture().join();
        modules.put("m", () -> task -> {});
        external.enqueued("m");
        String both = running.scheduler
                .enqueue(request("m", "far").build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
        running.parts
                .workers
                .disable(running.scheduler.status().workerId(), true)
                .toCompletableFuture()
                .join();
        running.queue.disable(false).toCompletableFuture().join();
        assertTrue(
                running.scheduler
                        .why(both)
                        .sentence()
                        .contains("partly here and partly elsewhere: m is installed here"),
                running.scheduler.why(both).sentence());
        assertEquals(both, external.polled(null, null).orElseThrow().id().toString());
        assertEquals(Optional.empty(), external.polled(null, null));
        assertTrue(external.polled("w1", null).isPresent());
    }

    @Test
    void aPausedModuleHandsNothingOutAndOthersAreHandedOut() {
        modules.put("m", () -> task -> {});
        running.queue.pauseModule("m", true).toCompletableFuture().join();
        String held = external.enqueued("m");
        assertEquals(Optional.empty(), external.polled("w1", null));
        String other = external.enqueued("far");
        assertEquals(other, external.polled("w1", null).orElseThrow().id().toString());
        running.queue.pauseModule("m", false).toCompletableFuture().join();
        running.awaitStatus(held, JobStatus.COMPLETED);
    }

    @Test
    void aPausedQueueHandsNothingOut() {
        external.enqueued("far");
        running.queue.disable(true).toCompletableFuture().join();
        assertEquals(Optional.empty(), external.polled("w1", null));
        assertEquals(1, running.queue.clear().toCompletableFuture().join());
        assertEquals(0, running.queue.waiting(10).entries());
    }

    @Test
    void aDisabledWorkerGetsNothingAlsoAfterARestart() {
        external.enqueued("far");
        running.workers.disable("w1", true).toCompletableFuture().join();
        assertEquals(Optional.empty(), external.polled("w1", null));
        running.restart();
        assertTrue(running.workers.isDisabled("w1"));
        running.workers.disable("w1", false).toCompletableFuture().join();
        assertTrue(external.polled("w1", null).isPresent());
    }

    @Test
    void thisProcessIsAWorkerWithTheSameIdAfterARestart() {
        CountDownLatch letGo = new CountDownLatch(1);
        modules.put("m", () -> task -> {
            task.progress(42, Map.of("step", "two"));
            letGo.await();
        });
        running.modulesChanged();
        String own = running.scheduler.status().workerId();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.RUNNING);
        eventually("its heartbeat shows the progress", () -> {
            running.parts.own.beat();
            Heartbeat heartbeat = running.workers.worker(own).orElseThrow().heartbeat();
            return heartbeat.status() == WorkerStatus.IN_PROGRESS
                    && heartbeat.progress() == 42
                    && heartbeat.info().equals(Map.of("step", "two"));
        });
        letGo.countDown();
        running.restart();
        assertEquals(own, running.scheduler.status().workerId());
    }

    @Test
    void workersAreInTheOrderOfTheirHostsAndForgottenOnRequest() {
        external.beat("z", null);
        List<String> hosts = running.workers.workers().stream()
                .map(worker -> worker.heartbeat().hostname())
                .toList();
        assertEquals(hosts.stream().sorted().toList(), hosts);
        assertTrue(running.workers.remove("z"));
        assertFalse(running.workers.remove("z"));
    }

    @Test
    void manyNamesAreForgottenByThemselvesAndBoundedMeanwhile() {
        external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        for (int i = 0; i < 1_500; i++) {
            external.send("flood" + i, ExternalWorkers.idle());
        }
        external.beat("w1", job.id());
        assertEquals(1_000 + 2, running.workers.workers().size());
        assertTrue(running.workers.worker("w1").isPresent());
        external.silence(31);
        assertEquals(1, running.workers.workers().size());
    }

    @Test
    void anIdleWorkerRunsNothingAndABusyOneSaysALittle() {
        external.send("w1", ExternalWorkers.idle());
        assertEquals(List.of(), running.workers.worker("w1").orElseThrow().running());
    }

    @Test
    void ofLongInfoTheTextsAreCutAndWhatIsStillLongIsLeftOut() {
        String cut = "… [15,419 more characters were cut]";
        String kept = "x".repeat(1_000 - cut.length()) + cut;
        assertEquals(Map.of("x", kept, "n", 7), infoOf(Map.of("x", "x".repeat(16 * 1024), "n", 7)));
        assertEquals(kept, infoOf("x".repeat(16 * 1024)));
        List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
        assertEquals(Map.of("left_out", "info of 48,891 bytes; at most 16,384 are kept"), infoOf(numbers));
    }

    private Object infoOf(Object info) {
        Heartbeat beat =
                Heartbeat.withoutJob(WorkerStatus.IDLE, null, "box", "1").withInfo(info);
        external.send("w1", beat);
        return running.workers.worker("w1").orElseThrow().heartbeat().info();
    }
}

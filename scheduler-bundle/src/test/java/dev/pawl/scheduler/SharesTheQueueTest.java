package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.WorkerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SharesTheQueueTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;

    private String enqueued(String module) {
        return running.scheduler
                .enqueue(request(module).build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
    }

    private Optional<Job> polled(@Nullable String worker, @Nullable Set<String> has) {
        return running.workers.poll(worker, has).toCompletableFuture().join();
    }

    /** Lets time pass in which nobody is heard, while the server looks as often as it does. */
    private void silence(int seconds) {
        for (int left = seconds; left > 0; left -= 5) {
            running.pass(Duration.ofSeconds(Math.min(5, left)));
            running.parts.workers.expireLeases();
        }
    }

    private JobHold beatOf(String worker, @Nullable UUID job) {
        return running.workers.beat(worker, beat(job)).toCompletableFuture().join();
    }

    private static Heartbeat beat(@Nullable UUID job) {
        return new Heartbeat(WorkerStatus.IN_PROGRESS, null, "box", "1", "far", job, "far", 10.0, Map.of("file", "a"));
    }

    private static Heartbeat idle() {
        return Heartbeat.withoutJob(WorkerStatus.IDLE, null, "box", "1");
    }

    @Test
    void aPolledJobIsTheWorkersUntilItsHeartbeatsStop() {
        String id = enqueued("far");
        assertEquals(Optional.empty(), polled("w1", Set.of("other")));
        Job job = polled("w1", Set.of("far")).orElseThrow();
        assertEquals(id, job.id().toString());
        assertEquals(Optional.empty(), polled("w2", null));
        silence(20);
        running.workers.beat("w1", beat(job.id())).toCompletableFuture().join();
        silence(20);
        running.parts.workers.expireLeases();
        assertEquals(JobStatus.RUNNING, running.status(id));
        silence(31);
        running.awaitStatus(id, JobStatus.PENDING);
        assertEquals(Optional.empty(), running.workers.worker("w1"));
    }

    @Test
    void aNamedWorkerKeepsWhatItPolledAlsoWhenItsHeartbeatNamesNoJob() {
        String id = enqueued("far");
        polled("w1", null);
        for (int i = 0; i < 3; i++) {
            silence(20);
            running.workers.beat("w1", beat(null)).toCompletableFuture().join();
            running.parts.workers.expireLeases();
            assertEquals(JobStatus.RUNNING, running.status(id));
        }
        silence(20);
        running.workers.beat("w1", idle()).toCompletableFuture().join(); // as after its restart
        silence(20);
        running.parts.workers.expireLeases();
        running.awaitStatus(id, JobStatus.PENDING);
    }

    @Test
    void aJobShowsHowFarItsExternalWorkerIs() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        running.workers.beat("w2", beat(job.id())).toCompletableFuture().join(); // not its own
        assertEquals(0, running.job(id).state().progress().percent());
        running.workers.beat("w1", beat(job.id())).toCompletableFuture().join();
        assertEquals(10, running.job(id).state().progress().percent());
        assertEquals(Map.of("file", "a"), running.job(id).state().progress().info());
    }

    @Test
    void aHeartbeatOfALostJobIsTakenAndChangesNothing() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        running.workers
                .completed(id, null, false, Map.of())
                .toCompletableFuture()
                .join();
        running.workers.beat("w1", beat(job.id())).toCompletableFuture().join();
        assertEquals(100, running.job(id).state().progress().percent());
    }

    @Test
    void anIdleWorkerRunsNothingAndABusyOneSaysALittle() {
        running.workers.beat("w1", idle()).toCompletableFuture().join();
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
        running.workers.beat("w1", beat).toCompletableFuture().join();
        return running.workers.worker("w1").orElseThrow().heartbeat().info();
    }

    @Test
    void anyInfoIsKeptWithTheJobAsItCame() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        Heartbeat beat =
                new Heartbeat(WorkerStatus.IN_PROGRESS, null, "", "", "far", job.id(), "far", null, List.of("a", 1));
        running.workers.beat("w1", beat).toCompletableFuture().join();
        assertEquals(List.of("a", 1), running.job(id).state().progress().info());
        running.workers
                .completed(id, null, true, "No space left.")
                .toCompletableFuture()
                .join();
        assertEquals("No space left.", running.job(id).state().progress().info());
        assertEquals("No space left.", running.job(id).state().failure().message());
    }

    @Test
    void onlyAJobThatAWorkerHoldsIsEndedByOne() {
        String id = enqueued("far");
        ProblemException refused =
                assertThrows(ProblemException.class, () -> running.workers.completed(id, null, false, Map.of()));
        assertEquals(ProblemCode.JOB_NOT_HELD, refused.code());
        String own = running.scheduler.status().workerId();
        assertThrows(ProblemException.class, () -> running.workers.remove(own));
    }

    @Test
    void anExternalWorkerEndsItsJob() {
        String good = enqueued("far");
        polled("w1", null);
        running.workers
                .completed(good, null, false, Map.of("rows", 3))
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.COMPLETED, running.status(good));
        assertEquals(100, running.job(good).state().progress().percent());
        String bad = enqueued("far");
        polled("w1", null);
        running.workers
                .completed(bad.substring(0, 13), 1L, true, Map.of("message", "Out of paper."))
                .toCompletableFuture()
                .join();
        assertEquals("Out of paper.", running.job(bad).state().failure().message());
        assertThrows(ProblemException.class, () -> running.workers.completed(bad, null, false, Map.of()));
    }

    @Test
    void aWorkerThatLostItsJobCannotEndItForTheOneThatHasIt() {
        String id = enqueued("far");
        long lost = polled("w1", null).orElseThrow().state().epoch();
        silence(31);
        running.awaitStatus(id, JobStatus.PENDING);
        long present = polled("w2", null).orElseThrow().state().epoch();
        Job before = running.job(id);
        for (long stale : new long[] {lost, present + 1}) {
            ProblemException refused = assertThrows(
                    ProblemException.class, () -> running.workers.completed(id, stale, false, Map.of("rows", 3)));
            assertEquals(ProblemCode.RUN_TAKEN_OVER, refused.code());
        }
        assertEquals(before, running.job(id));
        running.workers
                .completed(id, present, false, Map.of())
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.COMPLETED, running.status(id));
    }

    @Test
    void aClockThatIsSetBackKeepsNeitherAWorkerThatIsGoneNorItsJob() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        running.workers.beat("w1", beat(job.id())).toCompletableFuture().join();
        running.clock.set(running.clock.instant().minus(Duration.ofHours(5)));
        assertTrue(running.workers.worker("w1").isPresent());
        running.parts.workers.expireLeases();
        eventually("the lease is as short as any", () -> running.clock
                .instant()
                .plusSeconds(30)
                .equals(running.job(id).state().leasedUntil()));
        assertEquals(JobStatus.RUNNING, running.status(id));
        silence(31);
        eventually("the job is given back", () -> {
            running.parts.workers.expireLeases();
            return running.status(id) == JobStatus.PENDING;
        });
        assertEquals(Optional.empty(), running.workers.worker("w1"));
    }

    @Test
    void aDisabledWorkerGetsNothingAlsoAfterARestart() {
        enqueued("far");
        running.workers.disable("w1", true).toCompletableFuture().join();
        assertEquals(Optional.empty(), polled("w1", null));
        running.restart();
        assertTrue(running.workers.isDisabled("w1"));
        running.workers.disable("w1", false).toCompletableFuture().join();
        assertTrue(polled("w1", null).isPresent());
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
        running.workers.beat("z", beat(null)).toCompletableFuture().join();
        List<String> hosts = running.workers.workers().stream()
                .map(worker -> worker.heartbeat().hostname())
                .toList();
        assertEquals(hosts.stream().sorted().toList(), hosts);
        assertTrue(running.workers.remove("z"));
        assertFalse(running.workers.remove("z"));
    }

    @Test
    void aPausedModuleHandsNothingOutAndOthersAreHandedOut() {
        modules.put("m", () -> task -> {});
        running.queue.pauseModule("m", true).toCompletableFuture().join();
        String held = enqueued("m");
        assertEquals(Optional.empty(), polled("w1", null));
        String other = enqueued("far");
        assertEquals(other, polled("w1", null).orElseThrow().id().toString());
        running.queue.pauseModule("m", false).toCompletableFuture().join();
        running.awaitStatus(held, JobStatus.COMPLETED);
    }

    @Test
    void aJobThatAWorkerHasHadForAsLongAsItMayRunIsStopped() {
        String id = running.scheduler
                .enqueue(RunningScheduler.request("far")
                        .maxDuration(Duration.ofMinutes(1))
                        .build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
        for (String worker : List.of("w1", "w2")) { // the first one is lost after 40 s, which count
            Job job = polled(worker, null).orElseThrow();
            silence(20);
            running.workers.beat(worker, beat(job.id())).toCompletableFuture().join();
            silence(20);
            running.parts.workers.expireLeases();
            if (worker.equals("w1")) {
                assertEquals(JobStatus.RUNNING, running.status(id));
                silence(11);
                running.awaitStatus(id, JobStatus.PENDING);
            }
        }
        running.awaitStatus(id, JobStatus.STOPPED);
        assertTrue(running.log(id).contains("Duration limit reached (1m)"), running.log(id)::toString);
        assertThrows(ProblemException.class, () -> running.workers.completed(id, null, false, Map.of()));
    }

    @Test
    void aPausedQueueHandsNothingOut() {
        enqueued("far");
        running.queue.disable(true).toCompletableFuture().join();
        assertEquals(Optional.empty(), polled("w1", null));
        assertEquals(1, running.queue.clear().toCompletableFuture().join());
        assertEquals(0, running.queue.waiting(10).entries());
    }

    @Test
    void aServerThatStoodStillOrWasDownHeardNobodyAndTakesNoJobAway() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        assertEquals(JobHold.HELD, beatOf("w1", job.id()));
        running.pass(Duration.ofSeconds(37)); // a pause of the process
        running.parts.workers.expireLeases();
        silence(25);
        assertEquals(JobStatus.RUNNING, running.status(id));
        assertTrue(running.workers.worker("w1").isPresent());
        running.crash();
        running.pass(Duration.ofSeconds(35));
        silence(25);
        assertEquals(JobStatus.RUNNING, running.status(id));
        silence(10);
        running.awaitStatus(id, JobStatus.PENDING);
    }

    @Test
    void aClockThatJumpsAheadEndsNoLease() {
        String id = enqueued("far");
        polled("w1", null);
        running.clock.advance(Duration.ofHours(2));
        silence(25);
        assertEquals(JobStatus.RUNNING, running.status(id));
        silence(10);
        running.awaitStatus(id, JobStatus.PENDING);
    }

    @Test
    void aBeatGetsALostJobBackThatNobodyHasTaken() {
        String id = enqueued("far");
        Job job = polled(null, null).orElseThrow();
        assertEquals(JobHold.HELD, beatOf("w1", job.id()));
        assertEquals("w1", running.job(id).state().worker());
        silence(31);
        running.awaitStatus(id, JobStatus.PENDING);
        assertEquals(JobHold.LOST, beatOf("w2", job.id()));
        assertEquals(JobHold.HELD, beatOf("w1", job.id()));
        assertEquals(JobStatus.RUNNING, running.status(id));
        assertEquals(job.state().epoch(), running.job(id).state().epoch());
        assertEquals(1, running.scheduler.runs(id).size());
        running.workers
                .completed(id, job.state().epoch(), false, Map.of())
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.COMPLETED, running.status(id));
    }

    @Test
    void aBeatDoesNotTakeAJobFromTheOneThatHasIt() {
        enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        silence(31);
        assertTrue(polled("w2", null).isPresent());
        assertEquals(JobHold.LOST, beatOf("w1", job.id()));
        assertEquals("w2", running.job(job.id().toString()).state().worker());
    }

    @Test
    void theWorkerOfAJobThatEndedIsToldAndClaimsItNoMore() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        assertEquals(JobHold.HELD, beatOf("w1", job.id()));
        running.scheduler.stop(id).toCompletableFuture().join();
        assertEquals(
                null, running.workers.worker("w1").orElseThrow().heartbeat().jobId());
        assertEquals(JobHold.ENDED, beatOf("w1", job.id()));
        assertEquals(List.of(), running.workers.worker("w1").orElseThrow().running());
        assertEquals(JobHold.UNKNOWN, beatOf("w1", UUID.randomUUID()));
        assertEquals(JobHold.NONE, beatOf("w1", null));
    }

    @Test
    void anUnnamedPollGetsOnlyJobsThatThisServerCannotDoAlone() {
        running.queue.disable(true).toCompletableFuture().join();
        modules.put("m", () -> task -> {});
        enqueued("m");
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
        assertEquals(both, polled(null, null).orElseThrow().id().toString());
        assertEquals(Optional.empty(), polled(null, null));
        assertTrue(polled("w1", null).isPresent());
    }

    @Test
    void manyNamesAreForgottenByThemselvesAndBoundedMeanwhile() {
        enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        for (int i = 0; i < 1_500; i++) {
            running.workers.beat("flood" + i, idle()).toCompletableFuture().join();
        }
        beatOf("w1", job.id());
        assertEquals(1_000 + 2, running.workers.workers().size());
        assertTrue(running.workers.worker("w1").isPresent());
        silence(31);
        assertEquals(1, running.workers.workers().size());
    }

    @Test
    void theLogOfAJobAtAnExternalWorkerTellsItsCourse() {
        String id = enqueued("far");
        Job job = polled("w1", null).orElseThrow();
        beatOf("w1", job.id());
        beatOf("w1", job.id());
        running.workers
                .completed(id, null, true, Map.of("message", "Out of paper."))
                .toCompletableFuture()
                .join();
        assertEquals(
                List.of(
                        "Taken by external worker w1",
                        "Task far on box",
                        "Failed at external worker w1: {\"message\":\"Out of paper.\"}"),
                running.log(id));
    }
}

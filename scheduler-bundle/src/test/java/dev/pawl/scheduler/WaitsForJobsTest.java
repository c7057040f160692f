package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Role;
import dev.pawl.api.module.RunException;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WaitsForJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private String held() {
        running.modules.put("held", () -> task -> running.letGo.await());
        running.modules.put("m", () -> task -> {});
        running.modules.put("broken", () -> task -> {
            throw new RunException("It broke.");
        });
        running.modulesChanged();
        return running.start("held");
    }

    private String after(String module, After.On on, String... others) {
        return running.start(
                request(module).after(new After(List.of(others), on)).build());
    }

    private List<Job> batch(JobRequest... requests) {
        return running.scheduler.submit(new Batch(List.of(requests), null)).toCompletableFuture().join().stream()
                .map(Submitted::job)
                .toList();
    }

    private static JobRequest waiting(String module, String... others) {
        return request(module)
                .after(new After(List.of(others), After.On.COMPLETED))
                .build();
    }

    private ProblemException refusal(JobRequest... requests) {
        CompletionException thrown = assertThrows(CompletionException.class, () -> batch(requests));
        return (ProblemException) thrown.getCause();
    }

    @Test
    void aJobThatWaitsNamesTheOthersAndStartsAtTheirEnd() {
        String first = held();
        String waiting = after("m", After.On.COMPLETED, first.substring(0, 12));
        Reason reason = running.scheduler.why(waiting);
        assertEquals(ReasonCode.WAITING_FOR_JOB, reason.code());
        assertTrue(reason.sentence().contains("the completion of job " + first + " (running)"), reason::sentence);
        assertTrue(reason.unblockedBy().contains("pawl resume"), reason::unblockedBy);
        assertEquals(
                List.of(waiting),
                running.scheduler.waits(first, 10).awaitedBy().stream()
                        .map(Object::toString)
                        .toList());
        running.letGo.countDown();
        running.awaitStatus(waiting, JobStatus.COMPLETED);
    }

    @Test
    void theFollowersOfAJobThatFailsWithAnotherHearOfItsEnd() throws Exception {
        String first = held();
        String waiting = after("m", After.On.COMPLETED, first);
        CountDownLatch ended = new CountDownLatch(1);
        running.scheduler.subscribe(waiting, 0, new LogSubscriber() {
            @Override
            public void next(LogEntry entry) {}

            @Override
            public void ended() {
                ended.countDown();
            }
        });
        running.scheduler.stop(first).toCompletableFuture().join();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        assertEquals(JobStatus.FAILED, running.status(waiting));
        assertEquals(
                "Retry that job first (`pawl retry " + first + "`), and this one when it has completed.",
                running.job(waiting).state().failure().remedy());
    }

    @Test
    void aJobThatWaitedForAnotherAndForATimeStartsAtThatTime() {
        String first = held();
        String waiting = running.start(request("m")
                .after(new After(List.of(first), After.On.COMPLETED))
                .notBefore(running.clock.instant().plus(Duration.ofMinutes(5)))
                .build());
        running.letGo.countDown();
        eventually("it waits for its time", () -> running.scheduler.why(waiting).code() == ReasonCode.SCHEDULED);
        running.pass(Duration.ofMinutes(6));
        running.awaitStatus(waiting, JobStatus.COMPLETED);
    }

    @Test
    void theWaitOutlivesAKill() {
        String first = held();
        String second = after("m", After.On.COMPLETED, first);
        String third = after("m", After.On.ENDED, second);
        running.letGo.countDown();
        running.crash();
        running.awaitStatus(third, JobStatus.COMPLETED);
        assertEquals(JobStatus.COMPLETED, running.status(second));
    }

    @Test
    void aJobThatIsResumedWaitsNoMoreAndARetryHasNoWaits() {
        String first = held();
        String waiting = after("m", After.On.COMPLETED, first);
        running.scheduler.resume(waiting).toCompletableFuture().join();
        running.awaitStatus(waiting, JobStatus.COMPLETED);

        String failing = after("m", After.On.COMPLETED, first);
        running.scheduler.stop(first).toCompletableFuture().join();
        assertEquals(
                JobStatus.FAILED,
                running.awaitStatus(failing, JobStatus.FAILED).state().status());
        JobRetry retry = JobRetry.of(failing, Role.OPERATOR);
        Job again = running.scheduler.retry(retry).toCompletableFuture().join().job();
        running.awaitStatus(again.id().toString(), JobStatus.COMPLETED);
    }

    @Test
    void theJobsOfABatchWaitForEachOtherInAnyOrder() {
        held();
        List<Job> jobs = batch(
                waiting("m", "jobs[2]", "jobs[1]"),
                waiting("m", "jobs[2]"),
                request("m").build());
        running.awaitStatus(jobs.get(0).id().toString(), JobStatus.COMPLETED);
        assertEquals(
                List.of(jobs.get(2).id().toString(), jobs.get(1).id().toString()),
                running.job(jobs.get(0).id().toString()).request().after().jobs());
    }

    @Test
    void aFailureWithinABatchReachesThoseThatWait() {
        held();
        List<Job> jobs = batch(request("broken").build(), waiting("m", "jobs[0]"), waiting("m", "jobs[1]"));
        running.awaitStatus(jobs.get(2).id().toString(), JobStatus.FAILED);
    }

    @Test
    void aBatchWithOneBadJobAddsNone() {
        held();
        ProblemException refusal =
                refusal(request("m").build(), request("nowhere").build());
        assertEquals(ProblemCode.UNKNOWN_MODULE, refusal.code());
        assertTrue(refusal.getMessage().startsWith("jobs[1]: "), refusal::getMessage);
        assertEquals(
                1, running.store.counts().values().stream().mapToLong(n -> n).sum());
    }

    @Test
    void aCircleIsRefusedAndNamed() {
        held();
        ProblemException refusal = refusal(
                request("m").build(), waiting("m", "jobs[3]"), waiting("m", "jobs[1]"), waiting("m", "jobs[2]"));
        assertEquals(ProblemCode.INVALID_JOB, refusal.code());
        assertEquals(
                "after makes a circle: jobs[1] waits for jobs[3], which waits for jobs[2], which waits for jobs[1]; none of"
                        + " them could ever start.",
                refusal.getMessage());
        assertTrue(refusal(waiting("m", "jobs[0]")).getMessage().contains("jobs[0] waits for jobs[0]"));
    }

    @Test
    void namesThatMeanNothingAreRefusedWithTheirField() {
        held();
        assertEquals(
                "jobs[1].after[0] is \"00000000-1111\"; there is no such job, or it has been removed.",
                refusal(request("m").build(), waiting("m", "00000000-1111")).getMessage());
        assertTrue(refusal(waiting("m", "jobs[1]")).getMessage().startsWith("jobs[0].after names jobs[1]"));
        CompletionException alone =
                assertThrows(CompletionException.class, () -> running.start(waiting("m", "jobs[0]")));
        assertTrue(alone.getMessage().contains("only a job of a batch"), alone::getMessage);
    }

    @Test
    void jobsOfABatchMayReplaceOthersButNotEachOther() {
        held();
        JobRequest unique =
                request("held").uniqueKey("only").onConflict(OnConflict.REPLACE).build();
        String before = running.start(unique);
        List<Job> jobs = batch(unique, waiting("m", "jobs[0]"));
        assertEquals(JobStatus.STOPPED, running.status(before));
        assertEquals(JobStatus.PENDING, running.status(jobs.get(1).id().toString()));
        assertTrue(refusal(unique, unique).getMessage().contains("as is that of jobs[0]"));
    }
}

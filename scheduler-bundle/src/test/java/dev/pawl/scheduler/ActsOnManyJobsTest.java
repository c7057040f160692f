package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.RunException;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.BulkReport;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAction;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ActsOnManyJobsTest {

    private static final Actor OPERATOR = actor(Bounds.NONE);

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private static Actor actor(Bounds bounds) {
        return new Actor(new Principal("t1", "ci", Role.OPERATOR, bounds), Door.HTTP, null, null);
    }

    private static BulkAction on(JobAction action, JobFilter filter) {
        return new BulkAction(action, filter, List.of(), List.of(), null);
    }

    private static JobFilter with(JobStatus status) {
        return JobFilter.all().withStatus(status);
    }

    @BeforeEach
    void modules() {
        running.modules.put("broken", () -> task -> {
            throw new RunException("It broke.");
        });
        running.modules.put("m", () -> task -> {});
        running.modules.put("held", () -> task -> running.letGo.await());
        running.modulesChanged();
    }

    private List<String> failed(int number) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            ids.add(running.start("broken"));
        }
        ids.forEach(id -> running.awaitStatus(id, JobStatus.FAILED));
        return ids;
    }

    private List<String> waiting(String module, int number) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            Job job = running.scheduler
                    .enqueue(request(module).build())
                    .toCompletableFuture()
                    .join();
            ids.add(job.id().toString());
        }
        return ids;
    }

    @Test
    void failedJobsAreRetriedOnceEachAndTheNewOnesAreLeftAlone() {
        List<String> failed = failed(5);
        BulkAction retry = on(JobAction.RETRY, with(JobStatus.FAILED));
        assertEquals(5, running.parts.actions.count(retry, OPERATOR.principal()));
        BulkReport report = running.parts.actions.run(retry, OPERATOR, null);
        assertEquals(new BulkReport(5, 5, 0, 0, List.of(), null), report);
        assertEquals(10, running.scheduler.jobs(JobFilter.all()).jobs().size());
        running.scheduler.jobs(JobFilter.all()).jobs().stream()
                .map(view -> view.job())
                .filter(job -> !failed.contains(job.id().toString()))
                .forEach(job -> assertTrue(
                        failed.contains(job.request().retryOf().orElseThrow().toString())));
    }

    @Test
    void jobsThatWaitAndJobsThatRunAreStoppedAndSayByWhom() {
        String held = running.start("held");
        List<String> far = waiting("far", 3);
        BulkReport report = running.parts.actions.run(
                new BulkAction(
                        JobAction.STOP, JobFilter.all().since(Instant.EPOCH), List.of(), List.of(far.get(0)), null),
                OPERATOR,
                null);
        assertEquals(3, report.done());
        assertEquals(JobStatus.PENDING, running.status(far.get(0)));
        assertEquals(JobStatus.STOPPED, running.status(held));
        assertEquals("ci", running.job(far.get(1)).authors().stoppedBy().name());
    }

    @Test
    void jobsAreRemovedByName() {
        List<String> failed = failed(3);
        BulkAction remove = new BulkAction(JobAction.REMOVE, null, failed.subList(0, 2), List.of(), null);
        assertEquals(2, running.parts.actions.count(remove, OPERATOR.principal()));
        assertEquals(2, running.parts.actions.run(remove, OPERATOR, null).done());
        assertEquals(1, running.scheduler.jobs(JobFilter.all()).jobs().size());
    }

    @Test
    void whatRunsMeanwhileIsSkipped() {
        String held = running.start("held");
        BulkAction remove = new BulkAction(JobAction.REMOVE, null, List.of(held), List.of(), null);
        assertEquals(new BulkReport(1, 0, 1, 0, List.of(), null), running.parts.actions.run(remove, OPERATOR, null));
    }

    @Test
    void aPriorityCountsAtOnceAndIsShown() {
        List<String> far = waiting("far", 3);
        running.scheduler.prioritize(far.get(2), 5).toCompletableFuture().join();
        assertEquals(far.get(2), running.store.pending(1).get(0).id().toString());
        BulkAction all = new BulkAction(
                JobAction.PRIORITIZE, JobFilter.all().withModule("far"), List.of(), List.of(far.get(0)), -3);
        assertEquals(2, running.parts.actions.run(all, OPERATOR, null).done());
        assertEquals(far.get(0), running.store.pending(1).get(0).id().toString());
        assertEquals(-3, running.job(far.get(1)).request().priority());
        String held = running.start("held");
        CompletionException refused = assertThrows(CompletionException.class, () -> running.scheduler
                .prioritize(held, 1)
                .toCompletableFuture()
                .join());
        assertEquals(ProblemCode.JOB_RUNNING, ((ProblemException) refused.getCause()).code());
    }

    @Test
    void someoneWithBoundsReachesTheirJobsAlone() {
        failed(2);
        waiting("far", 2);
        Actor bounded = actor(new Bounds(Set.of("far"), false));
        BulkAction remove = on(JobAction.REMOVE, JobFilter.all().since(Instant.EPOCH));
        assertEquals(2, running.parts.actions.count(remove, bounded.principal()));
        assertEquals(2, running.parts.actions.run(remove, bounded, null).done());
        assertEquals(2, running.store.counts().get(JobStatus.FAILED));
    }

    @Test
    void aJobOfTheServerCarriesItOutForTheOneWhoAsked() {
        failed(3);
        BulkAction retry = on(JobAction.RETRY, with(JobStatus.FAILED));
        Job job = running.parts
                .actions
                .start(retry, OPERATOR, null)
                .toCompletableFuture()
                .join()
                .job();
        assertEquals(JobActions.MODULE, job.request().tasks().get(0).module());
        running.awaitStatus(job.id().toString(), JobStatus.COMPLETED);
        assertEquals(
                List.of("{\"matched\":3,\"done\":3,\"skipped\":0,\"failed_count\":0,\"failed\":[]}"),
                running.results(job.id().toString()));
        assertEquals(7, running.scheduler.jobs(JobFilter.all()).jobs().size());
    }

    @Test
    void theServersJobLeavesItselfAlone() {
        waiting("far", 2);
        BulkAction stop = on(JobAction.STOP, JobFilter.all().since(Instant.EPOCH));
        Job job = running.parts
                .actions
                .start(stop, OPERATOR, null)
                .toCompletableFuture()
                .join()
                .job();
        running.awaitStatus(job.id().toString(), JobStatus.COMPLETED);
        assertEquals(2, running.store.counts().get(JobStatus.STOPPED));
    }

    @Test
    void aRetryThatWasMadeBeforeTheServersJobWasInterruptedIsNotMadeAgain() throws Exception {
        failed(2);
        BulkAction retry = on(JobAction.RETRY, with(JobStatus.FAILED));
        UUID own = UUID.randomUUID();
        BulkReport begun = running.parts.actions.begin(retry, OPERATOR.principal(), null);
        assertEquals(2, running.parts.actions.page(retry, OPERATOR, begun, own).done());
        List<Job> all = running.scheduler.jobs(JobFilter.all()).jobs().stream()
                .map(view -> view.job())
                .toList();
        all.forEach(job -> running.awaitStatus(job.id().toString(), JobStatus.FAILED));
        BulkAction named = new BulkAction(
                JobAction.RETRY,
                null,
                all.stream()
                        .filter(job -> job.request().retryOf().isEmpty())
                        .map(job -> job.id().toString())
                        .toList(),
                List.of(),
                null);
        assertEquals(2, running.parts.actions.page(named, OPERATOR, begun, own).done());
        assertEquals(4, running.scheduler.jobs(JobFilter.all()).jobs().size());
    }

    @Test
    void nobodyStartsAJobOfTheServersModuleByHandOrTakesOne() {
        JobRequest forged = JobRequest.builder(List.of(new Task(JobActions.MODULE, Map.of("action", "remove"))))
                .build();
        for (boolean anyModule : List.of(true, false)) {
            CompletionException refused = assertThrows(
                    CompletionException.class,
                    () -> (anyModule ? running.scheduler.enqueue(forged) : running.scheduler.start(forged))
                            .toCompletableFuture()
                            .join());
            assertEquals(ProblemCode.UNKNOWN_MODULE, ((ProblemException) refused.getCause()).code());
        }
        running.queue.disable(true).toCompletableFuture().join();
        BulkAction remove = on(JobAction.REMOVE, with(JobStatus.FAILED));
        running.parts
                .actions
                .start(remove, OPERATOR, null)
                .toCompletableFuture()
                .join();
        ClaimRequest lease = new ClaimRequest(
                "w",
                1,
                0,
                null,
                Map.of(),
                running.clock.instant(),
                running.clock.instant().plusSeconds(30));
        assertEquals(List.of(), running.store.claim(lease).toCompletableFuture().join());
    }
}

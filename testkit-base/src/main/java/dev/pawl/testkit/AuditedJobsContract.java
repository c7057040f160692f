package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Changes of jobs that someone requested bring their entries of the audit along, as tests of the stores of both. */
public abstract class AuditedJobsContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The jobs under test. */
    protected abstract JobStore jobs();

    /** The audit log beside them. */
    protected abstract AuditLog audit();

    private static AuditedChange change(String action) {
        return new AuditedChange(Actor.inside(Door.HTTP), action, "as it was named", NOW);
    }

    private static NewJob job(JobRequest.Builder request, AuditedChange change) {
        return new NewJob(UUID.randomUUID(), request.build(), NOW, holder -> {}, null, change);
    }

    private Job added() {
        return await(jobs().add(List.of(job(JobStoreDriver.request("m"), change("job.start")))))
                .get(0);
    }

    private Job running() {
        Job job = added();
        return await(jobs().claim(new ClaimRequest("w", 10, 10_000, null, Map.of(), NOW, null))).stream()
                .filter(claimed -> claimed.id().equals(job.id()))
                .findFirst()
                .orElseThrow();
    }

    /** The entries, as their actions and targets. */
    private List<String> told() {
        return audit().after(0, 100).stream()
                .map(record -> record.entry().action() + " " + record.entry().target())
                .toList();
    }

    @Test
    void aJobThatIsAddedHasAnEntryAndSoHasOneThatWasThere() {
        NewJob first = job(JobStoreDriver.request("m").uniqueKey("k"), change("job.start"));
        await(jobs().add(List.of(
                first,
                job(JobStoreDriver.request("m"), AuditedChange.ofMany(Actor.inside(Door.HTTP), "jobs.start", NOW)))));
        await(jobs().add(List.of(job(JobStoreDriver.request("m").uniqueKey("k"), change("job.start")))));

        List<AuditEntry> entries =
                audit().after(0, 10).stream().map(record -> record.entry()).toList();
        assertEquals(List.of("job.start " + first.id(), "job.start " + first.id()), told());
        assertEquals("", entries.get(0).detail());
        assertEquals(
                "The job with this unique key was there; none was added.",
                entries.get(1).detail());
    }

    @Test
    void aStopIsToldWithTheRunThatItEnds() {
        Job run = running();
        RunWrite stop = RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                .withMove(new RunMove.Stopped(NOW))
                .withChange(change("job.stop"));
        await(jobs().write(stop));
        assertThrows(StaleRunException.class, () -> await(jobs().write(stop)));
        assertEquals(List.of("job.start " + run.id(), "job.stop " + run.id()), told());
    }

    @Test
    void changesOfWaitingJobsAreToldAndWhatChangesNothingIsNot() {
        Job job = added();
        await(jobs().makeDue(job.id(), change("job.due")));
        await(jobs().prioritize(List.of(job.id()), 7, change("job.priority")));
        await(jobs().remove(job.id(), change("job.remove")));
        await(jobs().makeDue(job.id(), change("job.due")));
        await(jobs().prioritize(List.of(job.id()), 8, change("job.priority")));
        await(jobs().remove(job.id(), change("job.remove")));
        added();
        added();
        await(jobs().removePending(change("queue.clear")));

        List<String> told = told();
        AuditEntry cleared = audit().page(AuditFilter.ALL).records().get(0).entry();
        assertEquals(
                List.of(
                        "job.start " + job.id(),
                        "job.due " + job.id(),
                        "job.priority " + job.id(),
                        "job.remove " + job.id()),
                told.subList(0, 4));
        assertEquals("queue.clear 2 jobs", cleared.action() + " " + cleared.detail());
        assertEquals(7, told.size());
    }

    @Test
    void anAdditionThatIsRefusedHasNoEntryAndTheOthersOfItsMomentHaveTheirs() {
        NewJob refused = new NewJob(
                UUID.randomUUID(),
                JobStoreDriver.request("m").uniqueKey("k").build(),
                NOW,
                holder -> {
                    throw new IllegalStateException("another request");
                },
                null,
                change("job.start"));
        NewJob holder = job(JobStoreDriver.request("m").uniqueKey("k"), change("job.start"));
        NewJob other = job(JobStoreDriver.request("m"), change("job.start"));
        var first = jobs().add(List.of(holder));
        var second = jobs().add(List.of(job(JobStoreDriver.request("m"), change("job.start")), refused));
        var third = jobs().add(List.of(other));

        await(first);
        assertThrows(IllegalStateException.class, () -> await(second));
        await(third);
        assertEquals(List.of("job.start " + holder.id(), "job.start " + other.id()), told());
        assertEquals(true, audit().verify(null).isSound());
    }
}

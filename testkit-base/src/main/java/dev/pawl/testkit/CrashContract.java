package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of crash loops: only jobs that end the process repeatedly fail, and interrupted jobs resume in order. */
interface CrashContract extends JobStoreTests {

    int ENOUGH = 3;

    @Test
    default void aJobThatGetsFurtherSurvivesAnyNumberOfCrashes() {
        Job job = jobs().started("a");
        for (int n = 1; n <= 100; n++) {
            jobs().write(jobs().checkpoint(job, Map.of("n", n)));
            assertEquals(List.of(job.id()), crash());
            job = jobs().claimOne();
            assertEquals(1, job.state().crashes());
        }
    }

    @Test
    default void aJobThatGetsFurtherIsNeverFailedForOneThatDoesNotBesideIt() {
        Job stuck = jobs().add("a");
        Job steady = jobs().add("b");
        int failedAfter = 0;
        for (int crashes = 1; crashes <= 20; crashes++) {
            List<Job> begun = new ArrayList<>(jobs().claimAll());
            clock().advance(ClaimRequest.TRIAL); // ends the trial of a job that runs alone
            begun.addAll(jobs().claimAll());
            Job run = begun.stream()
                    .filter(job -> job.id().equals(steady.id()))
                    .findFirst()
                    .orElseThrow();
            jobs().write(jobs().checkpoint(run, Map.of("n", crashes)));
            clock().advance(ClaimRequest.TRIAL);
            assertTrue(crash().contains(steady.id()));
            boolean failed = jobs().find(stuck).state().status() == JobStatus.FAILED;
            failedAfter = failed && failedAfter == 0 ? crashes : failedAfter;
        }
        assertEquals(1, jobs().find(steady).state().crashes());
        assertEquals(2 * ENOUGH, failedAfter, "the job that caused the crashes was not identified in time");
    }

    @Test
    default void aJobThatSavesWhatItBeganWithAndDiesFails() {
        Job job = jobs().started("a");
        for (int n = 1; n <= ENOUGH; n++) {
            jobs().write(jobs().checkpoint(job, Map.of("phase", "begin", "n", 1)));
            jobs().write(jobs().checkpoint(job, Map.of("phase", "working")));
            crash();
            if (n < ENOUGH) {
                job = jobs().claimOne();
            }
        }
        assertEquals(JobStatus.FAILED, jobs().find(job).state().status());
    }

    @Test
    default void theOrderOfACheckpointsValuesIsNoProgress() {
        Job job = jobs().started("a");
        jobs().write(jobs().checkpoint(job, ordered("x", "y")));
        crash();
        Job again = jobs().claimOne();
        jobs().write(jobs().checkpoint(again, ordered("y", "x")));
        crash();
        assertEquals(2, jobs().find(job).state().crashes());
    }

    @Test
    default void aSuspectBeginsAloneAndOthersWaitForItsTrial() {
        Job suspect = suspect("a");
        Job other = jobs().add(request("b").priority(1000).build());
        assertEquals(List.of(suspect.id()), ids(jobs().claimAll()));
        assertEquals(List.of(), jobs().claimAll());
        Instant end = clock().instant().plus(ClaimRequest.TRIAL);
        assertEquals(end, store().nextDue(clock().instant()).orElseThrow());
        clock().set(end);
        assertEquals(List.of(other.id()), ids(jobs().claimAll()));
        assertTrue(store().nextDue(end).isEmpty());
    }

    @Test
    default void aSuspectBeginsOnceWhatRunsHasSettled() {
        Job suspect = suspect("a");
        jobs().add("b");
        await(store().claim(jobs().claimOf(Set.of("b"))));
        jobs().add("b");
        assertEquals(List.of(), jobs().claimAll());
        Instant settled = clock().instant().plus(ClaimRequest.TRIAL).minusSeconds(1); // adding a job takes a second
        assertEquals(settled, store().nextDue(clock().instant()).orElseThrow());
        clock().set(settled);
        assertEquals(List.of(suspect.id()), ids(jobs().claimAll()));
    }

    @Test
    default void onlyOneSuspectIsTriedAtATime() {
        Job first = jobs().add("a");
        Job second = jobs().add("a");
        jobs().claimAll();
        crash();
        jobs().claimAll();
        crash();
        assertEquals(List.of(first.id()), ids(jobs().claimAll()));
        Instant settled = clock().instant().plus(ClaimRequest.TRIAL);
        clock().set(settled.minusMillis(1));
        assertEquals(List.of(), jobs().claimAll());
        clock().set(settled);
        assertEquals(List.of(second.id()), ids(jobs().claimAll()));
        assertEquals(List.of(first.id()), crash());
        assertEquals(JobStatus.FAILED, jobs().find(second).state().status());
        assertEquals(2, jobs().find(first).state().crashes(), "the other job is known to have caused the crash");
    }

    @Test
    default void theEndOfASuspectEndsItsTrial() {
        Job suspect = suspect("a");
        Job other = jobs().add("b");
        jobs().write(jobs().move(jobs().claimOne(), jobs().completed()));
        assertEquals(JobStatus.COMPLETED, jobs().find(suspect).state().status());
        assertEquals(List.of(other.id()), ids(jobs().claimAll()));
    }

    @Test
    default void aSuspectThatGetsFurtherEndsItsTrial() {
        suspect("a");
        Job other = jobs().add("b");
        Job tried = jobs().claimOne();
        jobs().write(jobs().lines(tried, "not enough"));
        assertEquals(List.of(), jobs().claimAll());
        jobs().write(jobs().checkpoint(tried, Map.of("n", 1)));
        assertEquals(0, jobs().find(tried).state().crashes());
        assertEquals(List.of(other.id()), ids(jobs().claimAll()));
    }

    @Test
    default void aSuspectThatMayNotRunKeepsNobodyWaiting() {
        suspect("a");
        Job other = jobs().add("b");
        assertEquals(List.of(other.id()), ids(await(store().claim(jobs().claimOf(Set.of("b"))))));
    }

    @Test
    default void aClockThatIsSetBackEndsTrials() {
        suspect("a");
        Job other = jobs().add("b");
        jobs().claimOne();
        clock().set(clock().instant().minus(Duration.ofHours(5)));
        assertEquals(List.of(other.id()), ids(jobs().claimAll()));
    }

    @Test
    default void anotherWorkerTakesASuspectAsAnyJob() {
        Job suspect = suspect("a");
        Job other = jobs().add("b");
        assertEquals(List.of(suspect.id()), ids(await(store().claim(jobs().lease("far", Duration.ofMinutes(1))))));
        assertEquals(List.of(other.id()), ids(jobs().claimAll()));
    }

    @Test
    default void theKillersFailAndThoseBesideThemDoNot() {
        Set<UUID> killers = new HashSet<>();
        Set<UUID> innocents = new HashSet<>();
        for (int n = 0; n < 24; n++) {
            UUID id = jobs().add("a").id();
            (n % 3 == 0 ? killers : innocents).add(id);
        }
        List<Job> running = new ArrayList<>();
        for (int step = 0;
                step < 1_000 && store().counts().getOrDefault(JobStatus.FAILED, 0L) < killers.size();
                step++) {
            running.addAll(await(store().claim(jobs().claim(8, 8))));
            if (running.stream().anyMatch(job -> killers.contains(job.id()))) {
                crash();
                running.clear();
            } else if (running.size() == 8) { // the innocent jobs are slow: they end only when no slot is free
                running.forEach(job -> jobs().write(jobs().move(job, jobs().completed())));
                running.clear();
            }
            clock().advance(ClaimRequest.TRIAL);
        }
        for (UUID killer : killers) {
            assertEquals(
                    JobStatus.FAILED, store().find(killer).orElseThrow().state().status());
            assertEquals(ENOUGH, store().find(killer).orElseThrow().state().crashes());
        }
        innocents.forEach(id -> assertTrue(
                store().find(id).orElseThrow().state().status() != JobStatus.FAILED, "an innocent job failed"));
    }

    @Test
    default void aJobThatIsBesideTooManyCrashesFailsAtLast() {
        Job slow = jobs().started("a");
        for (int crashes = 1; crashes < 2 * ENOUGH; crashes++) {
            crashBesideANewcomer();
            assertEquals(crashes, jobs().find(slow).state().crashes());
            assertEquals(slow.id(), jobs().claimOne().id());
        }
        crashBesideANewcomer();
        assertEquals(JobStatus.FAILED, jobs().find(slow).state().status());
    }

    private void crashBesideANewcomer() {
        clock().advance(ClaimRequest.TRIAL.multipliedBy(2));
        Job newcomer = jobs().add("b");
        assertEquals(List.of(newcomer.id()), ids(jobs().claimAll()));
        crash();
        jobs().write(jobs().move(jobs().find(newcomer), jobs().stopped()));
    }

    @Test
    default void interruptedJobsGoOnInTheOrderInWhichTheirRunsBegan() {
        Job first = jobs().started("a");
        clock().advance(Duration.ofSeconds(1));
        Job second = jobs().add(request("b").priority(10).build());
        jobs().claimAll();
        Job third = jobs().add("c");
        Job fourth = jobs().add(request("d").priority(1).build());
        clock().advance(Duration.ofSeconds(1));
        jobs().claimAll();
        List<UUID> order = List.of(first.id(), second.id(), fourth.id(), third.id());
        crash();
        assertEquals(order, ids(store().pending(10)));
        assertEquals(order, ids(jobs().claimAll()));
        for (Job job : List.of(third, second, fourth, first)) {
            jobs().write(jobs().move(jobs().find(job), parked(ParkReason.INTERRUPTED)));
        }
        assertEquals(List.of(second.id(), fourth.id(), first.id(), third.id()), ids(jobs().claimAll()));
    }

    /** A job, alone in the queue, of which two runs ended with the process. */
    private Job suspect(String module) {
        Job job = jobs().started(module);
        crash();
        jobs().claimAll();
        crash();
        assertTrue(jobs().find(job).state().isSuspected());
        return job;
    }

    private List<UUID> crash() {
        return await(store().recover(ENOUGH, clock().instant()));
    }

    private RunMove.Parked parked(ParkReason reason) {
        return RunMove.Parked.of(reason, clock().instant());
    }

    private static Map<String, Object> ordered(String first, String second) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(first, 1);
        values.put(second, 1);
        return values;
    }

    private static List<UUID> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }
}

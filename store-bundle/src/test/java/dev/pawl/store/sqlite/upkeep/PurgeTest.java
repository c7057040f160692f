package dev.pawl.store.sqlite.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.store.sqlite.SqliteUpkeep;
import dev.pawl.store.sqlite.StoredJobs;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.job.LiveJobs;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private SqliteStore store;
    private StoredJobs jobs;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("pawl.db"), clock);
        jobs = new StoredJobs(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void jobsGoOnceTheyEndedLongEnoughAgo() {
        Job old = jobs.ended(JobStatus.COMPLETED, 3, 2);
        Job oldFailed = jobs.ended(JobStatus.FAILED, 1, 0);
        clock.advance(Duration.ofHours(1));
        Job fresh = jobs.ended(JobStatus.COMPLETED, 1, 1);
        PurgeReport report =
                new SqliteUpkeep(store).purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, clock.instant()), false));
        assertEquals(Map.of(JobStatus.COMPLETED, 1L), report.jobs());
        assertTrue(store.find(old.id()).isEmpty());
        assertEquals(List.of(), store.logs(old.id(), 10));
        assertEquals(0, store.results(old.id(), 0, 10).total());
        assertTrue(store.find(oldFailed.id()).isPresent());
        assertTrue(store.find(fresh.id()).isPresent());
        assertEquals(1, store.counts().get(JobStatus.COMPLETED));
    }

    @Test
    void aJobThatBeganLongAgoAndEndedNowStays() {
        Job slow = jobs.started();
        clock.advance(Duration.ofDays(40));
        Instant before = clock.instant();
        Job ended = jobs.ended(JobStatus.STOPPED, 0, 0);
        new SqliteUpkeep(store)
                .purge(new PurgeRequest(Map.of(JobStatus.STOPPED, before, JobStatus.COMPLETED, before), false));
        assertTrue(store.find(slow.id()).isPresent());
        assertTrue(store.find(ended.id()).isPresent());
    }

    @Test
    void aDryRunCountsAndRemovesNothing() {
        jobs.ended(JobStatus.COMPLETED, 0, 0);
        jobs.ended(JobStatus.STOPPED, 0, 0);
        Instant now = clock.instant().plusSeconds(1);
        PurgeRequest dry = new PurgeRequest(Map.of(JobStatus.COMPLETED, now, JobStatus.STOPPED, now), true);
        assertEquals(2, new SqliteUpkeep(store).purge(dry).total());
        assertEquals(2, new SqliteUpkeep(store).purge(dry).total());
    }

    @Test
    void aJobWithManyRowsGoesInPieces() throws Exception {
        Job big = jobs.ended(JobStatus.COMPLETED, 5_000, 3_000);
        Instant now = clock.instant().plusSeconds(1);
        try (Session session = new Database(folder.resolve("pawl.db")).writer()) {
            Purge.Step step = new Purge.Step(
                    List.of(1L), JobStatus.COMPLETED, now, new LiveJobs(InstantSource.system()).counts());
            assertEquals(new Purge.Step.Done(0, 0), step.read(session));
            assertEquals(4_750, store.logs(big.id(), 10_000).size());
            for (int n = 0; n < 19 + 8; n++) {
                step.read(session);
            }
            assertEquals(1_000, store.results(big.id(), 0, 10_000).total());
            assertEquals(1_000, store.results(big.id(), 0, 10_000).results().size());
        }
        assertEquals(
                1,
                new SqliteUpkeep(store)
                        .purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, now), false))
                        .total());
        assertTrue(store.find(big.id()).isEmpty());
    }

    @Test
    void whileManyJobsGoOthersComeAndEnd() {
        for (int n = 0; n < 2_500; n++) {
            jobs.ended(JobStatus.COMPLETED, 1, 1);
        }
        Instant now = clock.instant().plusSeconds(1);
        clock.advance(Duration.ofHours(1));
        Thread purging = new Thread(
                () -> new SqliteUpkeep(store).purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, now), false)));
        purging.start();
        int meanwhile = 0;
        while (purging.isAlive()) {
            jobs.ended(JobStatus.COMPLETED, 1, 1);
            meanwhile++;
        }
        assertTrue(meanwhile > 6, meanwhile + " jobs: they waited for the end of the purge");
        assertEquals(
                0,
                new SqliteUpkeep(store)
                        .purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, now), true))
                        .total());
    }

    @Test
    void liveJobsAreNeverAskedFor() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PurgeRequest(Map.of(JobStatus.RUNNING, clock.instant()), false));
    }

    @Test
    void aClosedStorePurgesNothing() {
        store.close();
        assertThrows(ProblemException.class, () -> new SqliteUpkeep(store)
                .purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, clock.instant()), false)));
    }
}

package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.ArtifactTotals;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every store of artifacts, as tests. The tests of a store have one subclass, which opens it. */
public abstract class ArtifactStoreContract {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private @Nullable ArtifactStore opened;

    /** Opens the store: empty the first time in a test, with its former contents after that. */
    protected abstract ArtifactStore open() throws Exception;

    /** The store of the jobs. */
    protected abstract JobStore jobs(ArtifactStore store);

    /** Closes a store returned by {@link #open}. */
    protected abstract void close(ArtifactStore store) throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() throws Exception {
        ArtifactStore store = opened;
        opened = null;
        if (store != null) {
            close(store);
        }
    }

    private ArtifactStore store() {
        ArtifactStore store = opened;
        if (store == null) {
            throw new IllegalStateException("The store is not open.");
        }
        return store;
    }

    private JobStoreDriver driver() {
        return new JobStoreDriver(jobs(store()), clock);
    }

    @Test
    void artifactsAreRecordedWithTheEndOfTheirTaskAndListedByPath() throws Exception {
        Job job = driver().started("a", "b");
        JobArtifact first = artifact("b/ü.txt", "1-0-0", 7);
        JobArtifact second = artifact("a.txt", "1-0-1", 5);
        write(job, driver().nextTask(), first, second);
        assertEquals(List.of(second, first), store().list(job.id(), "", 10));
        assertEquals(List.of(first), store().list(job.id(), "a.txt", 10));
        assertEquals(List.of(second), store().list(job.id(), "", 1));
        assertEquals(Optional.of(first), store().find(job.id(), "b/ü.txt"));
        assertEquals(Optional.empty(), store().find(job.id(), "b"));
        assertEquals(new ArtifactTotals(2, 12), store().totals(job.id()));
        assertEquals(12, store().bytes());
        assertEquals(List.of(job.id()), store().jobs());
        closeStore();
        openStore();
        assertEquals(List.of(second, first), store().list(job.id(), "", 10));
    }

    @Test
    void aLaterArtifactReplacesTheOneWithItsPath() {
        Job job = driver().started("a", "b");
        write(job, driver().nextTask(), artifact("a.txt", "1-0-0", 7), artifact("b.txt", "1-0-1", 1));
        JobArtifact later = artifact("a.txt", "1-1-0", 3);
        write(job, driver().completed(), later);
        assertEquals(Optional.of(later), store().find(job.id(), "a.txt"));
        assertEquals(new ArtifactTotals(2, 4), store().totals(job.id()));
        assertEquals(4, store().bytes());
    }

    @Test
    void aJobWithoutArtifactsHasNone() {
        Job job = driver().started("a");
        write(job, driver().completed());
        assertEquals(ArtifactTotals.NONE, store().totals(job.id()));
        assertEquals(List.of(), store().list(job.id(), "", 10));
        assertEquals(List.of(), store().jobs());
        await(jobs(store()).remove(job.id()));
        assertEquals(List.of(), store().removed(10));
    }

    @Test
    void aRunThatIsOverRecordsNothing() {
        Job job = driver().started("a");
        await(jobs(store()).recover(3, clock.instant()));
        assertThrows(StaleRunException.class, () -> write(job, driver().stopped(), artifact("a", "1-0-0", 1)));
        Job next = driver().claimOne();
        assertThrows(StaleRunException.class, () -> write(job, driver().completed(), artifact("a", "1-0-0", 1)));
        write(next, driver().completed());
        assertThrows(StaleRunException.class, () -> write(next, driver().completed(), artifact("a", "2-0-0", 1)));
        assertEquals(List.of(), store().list(job.id(), "", 10));
    }

    @Test
    void whatAnEndedJobLeftIsRecordedAfterwards() {
        Job job = driver().started("a");
        List<JobArtifact> left = List.of(artifact("a", "1-end-0", 1));
        assertThrows(StaleRunException.class, () -> await(store().add(id(job), left)));
        write(job, driver().stopped());
        assertThrows(StaleRunException.class, () -> await(store().add(new RunId(job.id(), 2), left)));
        assertThrows(StaleRunException.class, () -> await(store().add(new RunId(UUID.randomUUID(), 1), left)));
        await(store().add(id(job), left));
        assertEquals(left, store().list(job.id(), "", 10));
    }

    @Test
    void removedJobsAreRememberedUntilTheirFilesAreDeleted() throws Exception {
        Job first = ended(5);
        Job second = ended(6);
        await(jobs(store()).remove(first.id()));
        await(store().remove(List.of(second.id())));
        assertEquals(0, store().bytes());
        closeStore();
        openStore();
        assertEquals(2, store().removed(10).size());
        assertEquals(1, store().removed(1).size());
        await(store().forget(List.of(first.id())));
        assertEquals(List.of(second.id()), store().removed(10));
        assertEquals(List.of(), store().list(second.id(), "", 10));
    }

    @Test
    void theJobsThatEndedFirstLoseTheirArtifactsFirst() {
        Job running = driver().started("a", "b");
        write(running, driver().nextTask(), artifact("a", "1-0-0", 100));
        Job first = ended(10);
        Job second = ended(10);
        Job third = ended(10);
        assertEquals(List.of(), await(store().removeOldest(130)));
        assertEquals(List.of(first.id()), await(store().removeOldest(129)));
        assertEquals(List.of(second.id(), third.id()), await(store().removeOldest(50)));
        assertEquals(List.of(), await(store().removeOldest(50)));
        assertEquals(100, store().bytes());
        assertEquals(3, store().removed(10).size());
    }

    private Job ended(long size) {
        clock.advance(Duration.ofSeconds(1));
        Job job = driver().started("a");
        write(job, driver().completed(), artifact("a", "1-0-0", size));
        return job;
    }

    private void write(Job job, RunMove move, JobArtifact... artifacts) {
        driver().write(driver().move(job, move).withArtifacts(List.of(artifacts)));
    }

    private JobArtifact artifact(String path, String file, long size) {
        return new JobArtifact(path, file, size, "text/plain", "0".repeat(64), 0, clock.instant());
    }

    private static RunId id(Job job) {
        return new RunId(job.id(), job.state().epoch());
    }
}

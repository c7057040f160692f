package dev.pawl.scheduler.retention;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.Leadership;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteAudit;
import dev.pawl.store.sqlite.SqliteInbox;
import dev.pawl.store.sqlite.SqliteKeptAnswers;
import dev.pawl.store.sqlite.SqliteLeadership;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.store.sqlite.SqliteUpkeep;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private SqliteStore store;

    /** A leadership in which another server may lead. */
    private static final class Led implements Leadership {

        private volatile boolean isLeader;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger conceded = new AtomicInteger();

        @Override
        public CompletionStage<OptionalLong> lead(String role, Duration length) {
            asked.incrementAndGet();
            return CompletableFuture.completedStage(isLeader ? OptionalLong.of(7) : OptionalLong.empty());
        }

        @Override
        public CompletionStage<Void> concede(String role, long term) {
            conceded.incrementAndGet();
            return CompletableFuture.completedStage(null);
        }
    }

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("pawl.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Job ended(RunMove end) {
        JobRequest request =
                JobRequest.builder(List.of(new Task("a", Map.of()))).build();
        store.add(List.of(new NewJob(UUID.randomUUID(), request, clock.instant())))
                .toCompletableFuture()
                .join();
        Job job = store.claim(new ClaimRequest("here", 1, 1_000, null, Map.of(), clock.instant(), null))
                .toCompletableFuture()
                .join()
                .get(0);
        store.write(RunWrite.ofRuntime(job).withMove(end)).toCompletableFuture().join();
        return job;
    }

    private Retention retention(Leadership leadership) {
        return retention(leadership, () -> clock.instant().toEpochMilli() * 1_000_000);
    }

    private Retention retention(Leadership leadership, LongSupplier nanos) {
        return new Retention(
                leadership,
                new SqliteUpkeep(store),
                new SqliteKeptAnswers(store),
                store,
                () -> Optional.of(new SqliteInbox(store)),
                new SqliteAudit(store),
                new TrustedTime(clock, nanos),
                RetentionSettings.of(name -> null));
    }

    @Test
    void whatTheSettingsLetGoIsRemovedByItself() {
        Job old = ended(new RunMove.Completed(clock.instant()));
        Job failed = ended(new RunMove.Failed(new Failure(Phase.RUN, 0, "a", "It broke.", null), clock.instant()));
        Retention retention = retention(new SqliteLeadership());
        InboxStore inbox = new SqliteInbox(store);
        inbox.add(new ReceivedCallback(0, UUID.randomUUID(), clock.instant(), null, null, null, "{}"))
                .toCompletableFuture()
                .join();
        clock.advance(Duration.ofDays(30));
        assertEquals(0, retention.look().total(), "they are kept for the full 30 days");
        assertEquals(1, inbox.totals().callbacks());
        retention.start(Duration.ZERO, Duration.ofMillis(20));
        try {
            clock.advance(Duration.ofMillis(1));
            eventually(
                    "the completed job is removed", () -> store.find(old.id()).isEmpty());
            eventually("the callback is removed", () -> inbox.totals().callbacks() == 0);
            assertTrue(store.find(failed.id()).isPresent());
            clock.advance(Duration.ofDays(60));
            eventually(
                    "the failed job is removed", () -> store.find(failed.id()).isEmpty());
        } finally {
            retention.stop();
        }
    }

    @Test
    void noJobGoesBecauseTheClockJumped() {
        ended(new RunMove.Completed(clock.instant()));
        AtomicLong nanos = new AtomicLong();
        Retention retention = retention(new SqliteLeadership(), nanos::get);
        clock.advance(Duration.ofDays(365));
        assertEquals(0, retention.look().total());
        clock.set(clock.instant().minus(Duration.ofDays(365)));
        assertEquals(0, retention.look().total());
        clock.advance(Duration.ofDays(31));
        nanos.addAndGet(Duration.ofDays(31).toNanos());
        assertEquals(1, retention.look().total());
        retention.stop();
    }

    @Test
    void onlyTheServerThatLeadsRemoves() {
        Job old = ended(new RunMove.Completed(clock.instant()));
        Led led = new Led();
        Retention retention = retention(led);
        clock.advance(Duration.ofDays(31));
        retention.start(Duration.ZERO, Duration.ofMillis(20));
        try {
            eventually("it has looked", () -> led.asked.get() > 2);
            assertTrue(store.find(old.id()).isPresent());
            led.isLeader = true;
            eventually("the job is removed", () -> store.find(old.id()).isEmpty());
            assertEquals(0, led.conceded.get());
        } finally {
            retention.stop();
        }
    }

    @Test
    void aServerThatCannotRemoveConcedes() {
        Led led = new Led();
        led.isLeader = true;
        Retention retention = retention(led);
        store.close();
        retention.start(Duration.ZERO, Duration.ofMillis(20));
        try {
            eventually("it has conceded again and again", () -> led.conceded.get() > 1);
        } finally {
            retention.stop();
        }
    }

    @Test
    void whatIsKeptForEverStays() {
        RetentionSettings settings = RetentionSettings.of(Map.of(
                "pawl.keep.completed", "forever",
                "pawl.keep.failed", "12h",
                "pawl.keep.stopped", "forever",
                "pawl.keep.audit", "forever",
                "pawl.keep.callbacks", "forever",
                "pawl.audit.max.mb", "2")::get);
        assertEquals(Map.of(JobStatus.FAILED, Duration.ofHours(12)), settings.kept());
        assertNull(settings.audit());
        assertNull(settings.callbacks());
        assertEquals(2 << 20, settings.auditBytes());
        assertThrows(IllegalArgumentException.class, () -> RetentionSettings.of(name -> "soon"));
    }
}

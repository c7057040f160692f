package dev.pawl.schedule;

import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.store.sqlite.SqliteSchedules;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Schedules on a real store, whose timer is a test's call: nothing fires before {@link #look}, which returns when all that it began has ended.
 * Tests restart it as often as they like; the clock survives.
 */
final class RunningSchedules implements BeforeEachCallback, AfterEachCallback {

    final SettableClock clock = SettableClock.at("2026-06-01T12:00:00Z");

    /** Publishes to nobody before a test binds someone. */
    final EventPublisher published = new EventPublisher();

    SqliteStore jobs;
    ScheduleStore store;
    StoreScheduler scheduler;
    ScheduleParts parts;
    ZoneId zone = ZoneOffset.UTC;

    private final Supplier<Path> folder;

    RunningSchedules(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        open();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        jobs.close();
    }

    void open() {
        jobs = SqliteStore.open(folder.get().resolve("pawl.db"), clock);
        store = new SqliteSchedules(jobs);
        scheduler = new StoreScheduler(jobs, clock);
        parts = new ScheduleParts(store, scheduler, clock, () -> zone, time -> {}, published);
    }

    /** Ends everything as a process does, and begins again on what the store has. */
    void restart() {
        jobs.close();
        open();
    }

    void put(String name, Timing timing, Overlap overlap, Missed missed) {
        JobRequest job = JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        await(parts.changes.put(new ScheduleRequest(name, timing, job, overlap, missed, false), any -> {}));
    }

    void put(String name, Timing timing) {
        put(name, timing, Overlap.ALLOW, Missed.ONCE);
    }

    /** Looks at the schedules at the present time, until nothing is due. */
    void look() {
        parts.due.look(clock.instant());
        await(parts.fires.settled());
    }

    /** Advances the clock and looks. */
    void lookAfter(Duration time) {
        clock.advance(time);
        look();
    }

    /** The history, the earliest first: the due time, the outcome and the detail of each. */
    List<String> history(String name) {
        List<Fire> fires = new ArrayList<>(store.fires(name, null, 10_000));
        Collections.reverse(fires);
        return fires.stream()
                .map(fire -> (fire.dueAt() + " " + fire.outcome().wireName() + " " + fire.detail()).strip())
                .toList();
    }

    /** Starts the jobs that may start. */
    List<UUID> claim() {
        return scheduler.claim().stream().map(Job::id).toList();
    }

    void complete(UUID job) {
        await(scheduler.end(job, new RunMove.Completed(clock.instant())));
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}

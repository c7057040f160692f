package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.schedule.MortalStore.DeadException;
import dev.pawl.schedule.MortalStore.Mortality;
import dev.pawl.schedule.time.Timetable;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A random world: schedules of all kinds on a real store, a clock that is set, machines that sleep, and one or two servers that are killed at
 * any write. Everything follows from the seed, but for the moment at which a write is on disk, and which of two servers is first.
 */
class ScheduleWorld implements AutoCloseable {

    /** Lines of the history for several due times. */
    private static final Pattern SEVERAL = Pattern.compile("(\\d[\\d,]*) due times? from (\\S+) to (\\S+) missed.*");

    private static final List<Timing> TIMINGS = List.of(
            Timing.every(Duration.ofSeconds(15)),
            Timing.every(Duration.ofSeconds(97)),
            Timing.cron("* * * * *"),
            Timing.cron("*/7 * * * *"),
            Timing.cron("30 0 * * * *"),
            new Timing("0 4 * * *", null, "Europe/Berlin", null, null, null),
            new Timing("*/5 * * * *", null, null, null, null, Duration.ofMinutes(2)),
            new Timing(null, Duration.ofSeconds(45), null, null, null, Duration.ofMinutes(10)));

    final Tally tally = new Tally();

    private final Random random;
    private final SettableClock clock;
    private final Supplier<OpenedStore> stores;
    private final OpenedStore opened;
    private final JobStore jobs;
    private final ScheduleStore store;
    private final List<Server> servers = new ArrayList<>();
    private final Map<String, List<Instant[]>> paused = new HashMap<>(); // from, up to: times that pass without a trace

    /** The counts of events in a world. */
    static final class Tally {
        int kills;
        int fires;
        int dueTimes;
        int clockSet;

        void add(Tally other) {
            kills += other.kills;
            fires += other.fires;
            dueTimes += other.dueTimes;
            clockSet += other.clockSet;
        }
    }

    /** A process, as long as it lives. */
    private final class Server implements Mortality {
        private final OpenedStore own = stores.get();
        private final StoreScheduler scheduler = new StoreScheduler(own.jobs(), jobs, clock, this);
        private final ScheduleParts parts = new ScheduleParts(
                new MortalStore(own.schedules(), this),
                scheduler,
                clock,
                () -> ZoneOffset.UTC,
                time -> {},
                new EventPublisher());
        private volatile boolean dead;

        @Override
        public <T> CompletionStage<T> survives(Supplier<CompletionStage<T>> write) {
            if (dead) {
                return MortalStore.none();
            }
            int fate = fate();
            if (fate == 0) {
                dead = true;
                return MortalStore.none();
            }
            CompletionStage<T> made = write.get();
            if (fate == 1) {
                dead = true;
                return made.thenCompose(value -> MortalStore.<T>none());
            }
            return made;
        }

        @Override
        public void requireLife() {
            if (dead) {
                throw new DeadException();
            }
        }

        void look() {
            try {
                parts.due.look(clock.instant());
            } catch (DeadException e) {
                assertTrue(dead);
            }
        }

        void settle() {
            while (!dead) {
                try {
                    parts.fires.settled().toCompletableFuture().get(5, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    Thread.onSpinWait(); // unless it died meanwhile, it goes on
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /**
     * A world that begins.
     *
     * @param stores opens the store of the world for another process
     */
    ScheduleWorld(long seed, SettableClock clock, Supplier<OpenedStore> stores) {
        this.random = new Random(seed);
        this.clock = clock;
        this.stores = stores;
        this.opened = stores.get();
        this.jobs = opened.jobs();
        this.store = opened.schedules();
    }

    /** The clock of a world at its beginning. */
    static SettableClock clock() {
        return SettableClock.at("2026-03-28T22:00:00Z");
    }

    private synchronized int fate() {
        return random.nextInt(25);
    }

    /** Lives through so many moments, and judges each schedule's history at the end. */
    void run(int moments) {
        int count = 2 + random.nextInt(4);
        servers.add(new Server());
        for (int i = 0; i < count; i++) {
            put("s" + i);
        }
        for (int i = 0; i < moments; i++) {
            happen(count);
        }
        comeToRest();
        for (int i = 0; i < count; i++) {
            judge("s" + i);
        }
        judgeJobs();
    }

    private void happen(int count) {
        switch (random.nextInt(12)) {
            case 0 -> set(Duration.ofSeconds(random.nextInt(3_600)));
            case 1 -> set(Duration.ofSeconds(-random.nextInt(3_600)));
            case 2 -> set(random.nextInt(4) == 0 ? Duration.ofDays(1) : Duration.ofMinutes(5));
            case 3 -> pauseOrResume("s" + random.nextInt(count));
            case 4 -> endJobs();
            case 5 -> servers.add(new Server()); // another server, or one that begins before the other has ended
            default -> clock.advance(Duration.ofMillis(random.nextInt(40_000)));
        }
        look();
    }

    private void set(Duration by) {
        clock.advance(by);
        tally.clockSet++;
    }

    /** All servers look at once; the dead are followed by new ones. */
    private void look() {
        List.copyOf(servers).forEach(Server::look);
        List.copyOf(servers).forEach(Server::settle);
        int before = servers.size();
        servers.stream()
                .filter(process -> process.dead)
                .forEach(process -> process.own.end().run());
        servers.removeIf(process -> process.dead);
        tally.kills += before - servers.size();
        while (servers.size() > 2) {
            Server ended = servers.remove(0);
            ended.dead = true;
            ended.own.end().run();
        }
        if (servers.isEmpty()) {
            servers.add(new Server());
        }
    }

    private void put(String name) {
        Timing timing = oneOf(TIMINGS);
        Overlap overlap = oneOf(List.of(Overlap.values()));
        Missed missed = oneOf(List.of(Missed.values()));
        JobRequest job = JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        await(servers.get(0)
                .parts
                .changes
                .put(new ScheduleRequest(name, timing, job, overlap, missed, false), any -> {}));
        paused.put(name, new ArrayList<>());
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void pauseOrResume(String name) {
        KeptSchedule before = store.find(name).orElseThrow();
        KeptSchedule after =
                await(servers.get(0).parts.changes.pause(name, !before.request().paused()));
        if (!after.request().paused()) {
            paused.get(name).add(new Instant[] {before.settledAt(), after.settledAt()});
        }
    }

    private void endJobs() {
        StoreScheduler scheduler = servers.get(0).scheduler;
        List<Job> running = new ArrayList<>(scheduler.claim());
        running.addAll(jobs.running());
        for (UUID id : running.stream().map(Job::id).collect(Collectors.toSet())) {
            if (random.nextBoolean()) {
                await(scheduler.end(id, new RunMove.Completed(clock.instant())));
            }
        }
    }

    /** Looks until nothing is due any more, and ends the pauses. */
    private void comeToRest() {
        for (KeptSchedule schedule : store.list("", 100)) {
            if (schedule.request().paused()) {
                pauseOrResume(schedule.name());
            }
        }
        int looks = 0;
        do {
            look();
            looks++;
            assertTrue(looks < 20_000, "Something is due for ever.");
        } while (!store.due(clock.instant(), null, 1).isEmpty());
    }

    /** Each due time up to the present has exactly one line, or is among those that share one, or passed during a pause. */
    private void judge(String name) {
        KeptSchedule schedule = store.find(name).orElseThrow();
        Timetable timetable = Timetable.of(schedule.request().timing(), ZoneOffset.UTC, schedule.timedAt());
        List<Fire> history = new ArrayList<>(store.fires(name, null, 10_000));
        Collections.reverse(history);
        tally.fires += history.size();
        Optional<Instant> due = next(name, timetable, schedule.timedAt());
        for (Fire fire : history) {
            assertFalse(fire.firedAt().isBefore(fire.dueAt()), () -> name + " fired too early: " + fire);
            Matcher several = SEVERAL.matcher(fire.detail());
            boolean shared = fire.outcome() == FireOutcome.SKIPPED_MISSED && several.matches();
            Instant first = shared ? Instant.parse(several.group(2)) : fire.dueAt();
            long count = shared ? Long.parseLong(several.group(1).replace(",", "")) : 1;
            assertEquals(first, due.orElseThrow(), () -> name + " " + schedule.request() + ": " + fire);
            for (long i = 1; i < count; i++) {
                due = next(name, timetable, due.orElseThrow());
            }
            assertEquals(fire.dueAt(), due.orElseThrow(), () -> name + " shares a line: " + fire);
            due = next(name, timetable, fire.dueAt());
            tally.dueTimes += (int) count;
        }
        assertEquals(due, Optional.ofNullable(schedule.next()).map(next -> next.dueAt()), name);
    }

    /** The next due time that did not pass during a pause. */
    private Optional<Instant> next(String name, Timetable timetable, Instant after) {
        Optional<Instant> due = timetable.next(after);
        for (Instant[] pause : paused.get(name)) {
            while (due.isPresent() && due.get().isAfter(pause[0]) && !due.get().isAfter(pause[1])) {
                due = timetable.next(due.get());
            }
        }
        return due;
    }

    /** There is no job without a line that names it, and no line without its job. */
    private void judgeJobs() {
        List<UUID> started = store.list("", 100).stream()
                .flatMap(schedule -> store.fires(schedule.name(), null, 10_000).stream())
                .map(Fire::job)
                .filter(job -> job != null)
                .sorted()
                .toList();
        List<UUID> all = new ArrayList<>();
        JobFilter filter = JobFilter.all().withLimit(1_000);
        JobPage<Job> page = jobs.list(filter);
        page.jobs().forEach(job -> all.add(job.id()));
        while (page.nextCursor() != null) {
            page = jobs.list(filter.from(page.nextCursor()));
            page.jobs().forEach(job -> all.add(job.id()));
        }
        Collections.sort(all);
        assertEquals(all, started);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        servers.forEach(process -> process.own.end().run());
        opened.end().run();
    }
}

package dev.pawl.testkit.fake;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.Preview;
import dev.pawl.service.schedule.ScheduleChange;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.schedule.UpcomingFire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Schedules in memory, which fire when a test says so. Whatever its timing is, a schedule is due every hour from {@link Jobs#CREATED} on, and
 * the cron expression {@value #NEVER} is refused.
 */
public final class FakeSchedules implements Schedules {

    /** A cron expression that is refused, as one that can never fire is. */
    public static final String NEVER = "0 0 30 2 *";

    /** The jobs that were started out of turn. */
    public final List<Job> runs = new CopyOnWriteArrayList<>();

    /** The arguments of the last request for upcoming due times. */
    public volatile String lastUpcoming = "";

    private final ConcurrentSkipListMap<String, ScheduleEntry> entries = new ConcurrentSkipListMap<>();
    private final Map<String, List<Fire>> fires = new ConcurrentHashMap<>();

    /** Forgets all schedules and jobs. */
    public void forget() {
        entries.clear();
        fires.clear();
        runs.clear();
    }

    /** Adds a due time to a history, as the latest. */
    public void fire(String name, Fire fire) {
        fires.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(0, fire);
        ScheduleEntry entry = get(name);
        if (fire.job() != null) {
            entries.put(
                    name,
                    new ScheduleEntry(
                            entry.request(),
                            entry.origin(),
                            entry.sentence(),
                            entry.nextAt(),
                            fire.firedAt(),
                            fire.job(),
                            JobStatus.COMPLETED,
                            entry.changedAt()));
        }
    }

    @Override
    public List<ScheduleEntry> list(@Nullable String after, int limit) {
        return (after == null ? entries : entries.tailMap(after, false))
                .values().stream().limit(limit).toList();
    }

    @Override
    public ScheduleEntry get(String name) {
        ScheduleEntry entry = entries.get(name);
        if (entry == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_SCHEDULE, "There is no schedule \"" + name + "\".");
        }
        return entry;
    }

    @Override
    public CompletionStage<ScheduleEntry> put(ScheduleRequest request, Consumer<Optional<Instant>> check) {
        return CompletableFuture.supplyAsync(() -> {
            check.accept(Optional.ofNullable(entries.get(request.name())).map(ScheduleEntry::changedAt));
            return kept(request);
        });
    }

    @Override
    public CompletionStage<List<ScheduleChange>> apply(DeclaredSchedules declared, boolean dryRun) {
        return CompletableFuture.supplyAsync(() -> declared.schedules().stream()
                .map(schedule -> change(schedule.request(), dryRun))
                .toList());
    }

    private ScheduleChange change(ScheduleRequest request, boolean dryRun) {
        requireTimes(request.timing());
        ScheduleEntry present = entries.get(request.name());
        ScheduleChange.Kind kind = ScheduleChange.Kind.MADE;
        List<ScheduleChange.Difference> differences = List.of();
        if (present != null) {
            String before = present.request().timing().cron();
            String after = request.timing().cron();
            kind = Objects.equals(before, after) ? ScheduleChange.Kind.UNCHANGED : ScheduleChange.Kind.CHANGED;
            differences = List.of(new ScheduleChange.Difference("cron", before, after));
        }
        if (!dryRun) {
            kept(request);
        }
        return new ScheduleChange(request.name(), kind, differences, sentence(request.timing()));
    }

    private ScheduleEntry kept(ScheduleRequest request) {
        requireTimes(request.timing());
        ScheduleEntry former = entries.get(request.name());
        var entry = new ScheduleEntry(
                request,
                null,
                sentence(request.timing()),
                request.paused() ? null : times(1).get(0),
                former == null ? null : former.lastAt(),
                former == null ? null : former.lastJob(),
                former == null ? null : former.lastStatus(),
                Jobs.CREATED);
        entries.put(request.name(), entry);
        return entry;
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        return CompletableFuture.runAsync(
                () -> entries.remove(get(name).request().name()));
    }

    @Override
    public CompletionStage<ScheduleEntry> pause(String name) {
        return put(get(name).request().withPaused(true));
    }

    @Override
    public CompletionStage<ScheduleEntry> resume(String name) {
        return put(get(name).request().withPaused(false));
    }

    @Override
    public CompletionStage<Job> run(String name) {
        Job job = Jobs.of(get(name).request().job(), JobStatus.PENDING);
        runs.add(job);
        return CompletableFuture.completedFuture(job);
    }

    @Override
    public List<Fire> history(String name, @Nullable Instant before, int limit) {
        get(name);
        return fires.getOrDefault(name, List.of()).stream()
                .filter(fire -> before == null || fire.dueAt().isBefore(before))
                .limit(limit)
                .toList();
    }

    @Override
    public Preview preview(Timing timing, int count) {
        requireTimes(timing);
        return new Preview(sentence(timing), times(count));
    }

    @Override
    public List<UpcomingFire> upcoming(Instant from, Instant to, int limit) {
        lastUpcoming = from + " " + to + " " + limit;
        return entries.values().stream()
                .filter(entry -> entry.nextAt() != null)
                .map(entry -> new UpcomingFire(entry.request().name(), times(1).get(0)))
                .limit(limit)
                .toList();
    }

    private static void requireTimes(Timing timing) {
        if (NEVER.equals(timing.cron())) {
            throw new ProblemException(
                    ProblemCode.INVALID_SCHEDULE, "cron is \"" + NEVER + "\", which never comes; give another day.");
        }
    }

    private static String sentence(Timing timing) {
        return timing.cron() == null ? "Every " + timing.every() : "At " + timing.cron();
    }

    private static List<Instant> times(int count) {
        List<Instant> times = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            times.add(Jobs.CREATED.plus(Duration.ofHours(i)));
        }
        return times;
    }
}

package dev.pawl.store.kit;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The times of a schedule and the rules for them as JSON; default values are left out. */
public final class TimingJson {

    private static final String CRON = "cron";
    private static final String EVERY = "every";
    private static final String TIME_ZONE = "time_zone";
    private static final String START_AT = "start_at";
    private static final String END_AT = "end_at";
    private static final String JITTER = "jitter";
    private static final String OVERLAP = "overlap";
    private static final String MISSED = "missed";

    private TimingJson() {}

    public static String write(ScheduleRequest request) {
        Timing timing = request.timing();
        Map<String, Object> body = new LinkedHashMap<>();
        add(body, CRON, timing.cron());
        add(body, EVERY, timing.every());
        add(body, TIME_ZONE, timing.timeZone());
        add(body, START_AT, timing.startAt());
        add(body, END_AT, timing.endAt());
        add(body, JITTER, timing.jitter());
        if (request.overlap() != Overlap.SKIP) {
            body.put(OVERLAP, request.overlap().wireName());
        }
        if (request.missed() != Missed.ONCE) {
            body.put(MISSED, request.missed().wireName());
        }
        return JsonColumn.write(body);
    }

    private static void add(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }

    public static ScheduleRequest read(String name, String text, JobRequest job, boolean paused) {
        Map<String, Object> body = JsonColumn.map(text);
        Timing timing = new Timing(
                value(body, CRON, Function.identity()),
                value(body, EVERY, Duration::parse),
                value(body, TIME_ZONE, Function.identity()),
                value(body, START_AT, Instant::parse),
                value(body, END_AT, Instant::parse),
                value(body, JITTER, Duration::parse));
        Overlap overlap = value(body, OVERLAP, Overlap::of);
        Missed missed = value(body, MISSED, Missed::of);
        return new ScheduleRequest(
                name,
                timing,
                job,
                overlap == null ? Overlap.SKIP : overlap,
                missed == null ? Missed.ONCE : missed,
                paused);
    }

    private static <T> @Nullable T value(Map<String, Object> body, String name, Function<String, T> reader) {
        Object value = body.get(name);
        return value == null ? null : reader.apply(value.toString());
    }
}

package dev.pawl.schedule;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.schedule.ScheduleChange.Difference;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields in which two requests for a schedule differ, by their names on the wire. The values of jobs may be secret and are not told. */
final class Differences {

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Difference> between(ScheduleRequest from, ScheduleRequest to, boolean isSameJob) {
        Differences differences = new Differences();
        Timing before = from.timing();
        Timing after = to.timing();
        differences.compare("cron", before.cron(), after.cron());
        differences.compare("every", text(before.every()), text(after.every()));
        differences.compare("time_zone", before.timeZone(), after.timeZone());
        differences.compare("start_at", before.startAt(), after.startAt());
        differences.compare("end_at", before.endAt(), after.endAt());
        differences.compare("jitter", text(before.jitter()), text(after.jitter()));
        if (!isSameJob) {
            differences.found.add(new Difference("job", null, null));
        }
        differences.compare("overlap", from.overlap().wireName(), to.overlap().wireName());
        differences.compare("missed", from.missed().wireName(), to.missed().wireName());
        differences.compare("paused", from.paused(), to.paused());
        return differences.found;
    }

    private void compare(String field, @Nullable Object from, @Nullable Object to) {
        if (!Objects.equals(from, to)) {
            found.add(new Difference(field, from == null ? null : from.toString(), to == null ? null : to.toString()));
        }
    }

    /** The text of a duration; none and nothing are the same. */
    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null || duration.isZero() ? null : DurationText.exact(duration);
    }
}

package dev.pawl.store.kit;

import dev.pawl.service.job.DurationCounts;
import dev.pawl.service.store.JobMinute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Minutes as stores keep them: numbers of minutes, texts of counts, and sums of what was counted for the same minute. */
public final class MinuteText {

    private MinuteText() {}

    /** The number of the minute of a time. */
    public static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), TimeUnit.MINUTES.toSeconds(1));
    }

    /** The number of the first minute that begins at a time or later. */
    public static long minuteFrom(Instant time) {
        long minute = minute(time);
        return Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(minute)).isBefore(time) ? minute + 1 : minute;
    }

    /** The beginning of a minute. */
    public static Instant begin(long minute) {
        return Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(minute));
    }

    /** Two counts of one minute; the numbers of jobs are those of the later one. */
    public static JobMinute sum(JobMinute before, JobMinute later) {
        return new JobMinute(
                later.at(),
                before.added() + later.added(),
                before.started() + later.started(),
                before.completed() + later.completed(),
                before.failed() + later.failed(),
                before.stopped() + later.stopped(),
                later.waiting(),
                later.running(),
                before.waits().plus(later.waits()),
                before.runs().plus(later.runs()));
    }

    /** The minutes from a time on, and the last one before it, with one that has no row yet. */
    public static List<JobMinute> with(JobMinute last, Instant from, List<JobMinute> rows) {
        List<JobMinute> all = new ArrayList<>(rows);
        JobMinute sum = last;
        for (JobMinute row : rows) {
            if (row.at().equals(last.at())) { // from before a restart
                all.remove(row);
                sum = sum(row, last);
            }
        }
        all.add(sum);
        all.sort(Comparator.comparing(JobMinute::at));
        while (all.size() > 1 && all.get(1).at().isBefore(from)) {
            all.remove(0);
        }
        return List.copyOf(all);
    }

    /** The text of counts. */
    public static String text(DurationCounts counts) {
        Map<String, Long> fields = new TreeMap<>();
        counts.byRange().forEach((range, count) -> fields.put(range.toString(), count));
        return JsonColumn.write(fields);
    }

    /** The counts of a text. */
    public static DurationCounts counts(String text) {
        Map<Integer, Long> counts = new HashMap<>();
        JsonColumn.map(text)
                .forEach((range, count) -> counts.put(Integer.valueOf(range), ((Number) count).longValue()));
        return DurationCounts.of(counts);
    }
}

package dev.pawl.samples.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The archives to keep. For each rule the newest archive of each of the latest days (weeks, months) that have any is kept; days begin at
 * midnight in UTC, weeks on Monday. The newest archive is kept in any case.
 *
 * @param last the number of newest archives
 * @param daily the number of days
 * @param weekly the number of weeks
 * @param monthly the number of months
 */
record Retention(int last, int daily, int weekly, int monthly) {

    /** The rules of a job's inputs. */
    static Retention of(BackupInputs inputs) {
        return new Retention(
                number(inputs.keepLast()),
                number(inputs.keepDaily()),
                number(inputs.keepWeekly()),
                number(inputs.keepMonthly()));
    }

    private static int number(@Nullable Integer given) {
        return given == null ? 0 : given;
    }

    /** Whether there is no rule, so that everything is kept. */
    boolean isEmpty() {
        return last == 0 && daily == 0 && weekly == 0 && monthly == 0;
    }

    /** Those of the times that no rule keeps, the oldest last. */
    List<Instant> expired(Collection<Instant> times) {
        if (isEmpty()) {
            return List.of();
        }
        List<Instant> sorted = new ArrayList<>(times);
        sorted.sort(Comparator.reverseOrder());
        Set<Instant> kept = new LinkedHashSet<>(sorted.subList(0, Math.min(Math.max(1, last), sorted.size())));
        keep(kept, sorted, daily, time -> time.getYear() * 1000L + time.getDayOfYear());
        keep(
                kept,
                sorted,
                weekly,
                time -> time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        keep(kept, sorted, monthly, time -> time.getYear() * 100L + time.getMonthValue());
        sorted.removeAll(kept);
        return sorted;
    }

    private static void keep(
            Set<Instant> kept, List<Instant> newestFirst, int periods, Function<ZonedDateTime, Long> period) {
        Set<Long> seen = new LinkedHashSet<>();
        for (Instant time : newestFirst) {
            Long key = period.apply(time.atZone(ZoneOffset.UTC));
            if (seen.size() < periods && seen.add(key)) {
                kept.add(time);
            }
        }
    }
}

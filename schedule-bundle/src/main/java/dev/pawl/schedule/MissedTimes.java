package dev.pawl.schedule;

import dev.pawl.schedule.time.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * The due times of a schedule from one of them up to a moment. The latest are known one by one; a great number of earlier ones is only
 * estimated, so that a schedule that was due each second of a year costs no more than others.
 *
 * @param first the first of them
 * @param latest the latest of them in order, as many as were wanted; never empty
 * @param count their number, up to {@link #MOST_COUNTED} of them
 * @param isExact whether there are no more than were counted
 */
record MissedTimes(Instant first, Deque<Instant> latest, long count, boolean isExact) {

    /** The most due times that are counted one by one. */
    static final int MOST_COUNTED = 10_000;

    /** Where the latest ones are looked for when there are too many to go through all: first in so long a time before the end. */
    private static final Duration FIRST_SPAN = Duration.ofMinutes(20);

    /** And then in times so many times as long, none of which holds too many unless they come in bursts. */
    private static final int FACTOR = 8;

    private static final Duration LONGEST_SPAN = Duration.ofDays(36_500);

    /**
     * Counts due times.
     *
     * @param first a due time
     * @param upTo the moment up to which they count; {@code first} counts in any case
     * @param wanted the number of latest ones that must be known, at least 1 and less than {@link #MOST_COUNTED}
     */
    static MissedTimes between(Timetable timetable, Instant first, Instant upTo, int wanted) {
        Walk all = new Walk(wanted);
        all.go(timetable, Optional.of(first), upTo);
        if (!all.isCut) {
            return new MissedTimes(first, all.latest, all.count, true);
        }
        for (Duration span = FIRST_SPAN; span.compareTo(LONGEST_SPAN) < 0; span = span.multipliedBy(FACTOR)) {
            Walk last = new Walk(wanted);
            last.go(timetable, timetable.next(upTo.minus(span)).filter(due -> !due.isAfter(upTo)), upTo);
            if (last.latest.size() == wanted && !last.isCut) {
                return new MissedTimes(first, last.latest, MOST_COUNTED, false);
            }
        }
        return new MissedTimes(first, all.latest, MOST_COUNTED, false); // those after it are found by the next fire
    }

    Instant last() {
        return latest.getLast();
    }

    /** The number, for people. */
    String counted(long except) {
        return (isExact ? "" : "more than ") + String.format(Locale.ROOT, "%,d", count - except);
    }

    private static final class Walk {
        private final int wanted;
        private final Deque<Instant> latest = new ArrayDeque<>();
        private long count;
        private boolean isCut;

        Walk(int wanted) {
            this.wanted = wanted;
        }

        void go(Timetable timetable, Optional<Instant> from, Instant upTo) {
            Optional<Instant> due = from;
            do {
                if (due.isEmpty()) {
                    return;
                }
                if (count == MOST_COUNTED) {
                    isCut = true;
                    return;
                }
                latest.addLast(due.get());
                if (latest.size() > wanted) {
                    latest.removeFirst();
                }
                count++;
                due = timetable.next(due.get());
            } while (due.isPresent() && !due.get().isAfter(upTo));
        }
    }
}

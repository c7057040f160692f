package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.Occurrence;
import java.time.Instant;
import java.util.List;

/**
 * Occurrences that one message tells of.
 *
 * @param count their number
 * @param firstAt the time of the first
 * @param lastAt the time of the last
 * @param examples some of them
 */
record Occurrences(long count, Instant firstAt, Instant lastAt, List<Occurrence> examples) {

    static Occurrences of(Occurrence one) {
        return new Occurrences(1, one.at(), one.at(), List.of(one));
    }
}

package dev.pawl.service.schedule;

import java.time.Instant;
import java.util.List;

/**
 * A timing as people read it.
 *
 * @param sentence the rule as a sentence, such as "At 03:00, on weekdays, Europe/Berlin"
 * @param next its next due times, in order; fewer than requested when it ends before
 */
public record Preview(String sentence, List<Instant> next) {

    public Preview {
        next = List.copyOf(next);
    }
}

package dev.pawl.it.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The events of jobs that a reader has seen from a moment on, until it was told to begin anew.
 *
 * @param reader its name
 * @param from when it began, in microseconds
 * @param isLast whether it was there until all was over
 * @param seen the changes of each job, in the order in which they came
 */
public record Sight(String reader, long from, boolean isLast, Map<UUID, List<Change>> seen) {

    /** The changes of which none may be left out. */
    public enum Change {
        ADDED,
        STARTED,
        WAITING,
        ENDED,
        REMOVED
    }

    public Sight {
        seen = new HashMap<>(seen);
    }
}

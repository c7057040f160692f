package dev.pawl.deploy.folder;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The files whose change could not be applied for a reason that passes, such as a store that is away. Each is tried again after pauses that double
 * from {@link #FIRST_NS} to {@link #LONGEST_NS}. Times are those of a monotonic clock, in nanoseconds. For one thread.
 */
final class DeferredFiles {

    static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(1);

    private final Map<Path, Deferral> deferrals = new HashMap<>();

    private record Deferral(long since, long pause) {}

    /**
     * Notes that the change of a file could not be applied.
     *
     * @return whether this is the first time in succession
     */
    boolean failed(Path file, long now) {
        Deferral before = deferrals.get(file);
        long pause = before == null ? FIRST_NS : Math.min(before.pause() * 2, LONGEST_NS);
        deferrals.put(file, new Deferral(now, pause));
        return before == null;
    }

    void applied(Path file) {
        deferrals.remove(file);
    }

    /** Whether a file may be tried now. */
    boolean isDue(Path file, long now) {
        Deferral deferral = deferrals.get(file);
        return deferral == null || now - deferral.since() >= deferral.pause();
    }
}

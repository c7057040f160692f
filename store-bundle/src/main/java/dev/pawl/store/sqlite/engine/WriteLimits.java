package dev.pawl.store.sqlite.engine;

import java.time.Duration;

/**
 * The limits for the time that a write waits before it begins; one that waits longer is refused and never made.
 *
 * @param waiting the longest wait for its turn and for the lock of another program, such as the sqlite3 shell
 * @param closing the longest wait for that lock once the store closes
 */
public record WriteLimits(Duration waiting, Duration closing) {

    public static final WriteLimits DEFAULT = new WriteLimits(Duration.ofSeconds(15), Duration.ofSeconds(2));
}

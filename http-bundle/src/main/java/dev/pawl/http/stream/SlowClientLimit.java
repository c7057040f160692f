package dev.pawl.http.stream;

import java.time.Duration;

/**
 * The limits for a client that follows a log and does not read what is sent to it.
 *
 * @param untilCloseFrame the time until a close frame tells it that it is too slow
 * @param untilCut the time from then until its connection is cut
 */
record SlowClientLimit(Duration untilCloseFrame, Duration untilCut) {

    static final SlowClientLimit USUAL = new SlowClientLimit(Duration.ofSeconds(20), Duration.ofSeconds(5));

    /** The limits while other clients cannot be served because slow ones hold the memory. */
    static final SlowClientLimit SHORT = new SlowClientLimit(Duration.ofSeconds(2), Duration.ofSeconds(1));

    Duration total() {
        return untilCloseFrame.plus(untilCut);
    }
}

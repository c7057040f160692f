package dev.pawl.http.stream;

import java.time.Duration;

/**
 * How long a client that follows a log may take nothing of what is on its way to it.
 *
 * @param untilTold until it is told that it is too slow
 * @param lastWord from then until its connection is closed
 */
record Patience(Duration untilTold, Duration lastWord) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(5));

    /** While others cannot be served, since those who take nothing hold the memory. */
    static final Patience SHORT = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1));

    Duration inAll() {
        return untilTold.plus(lastWord);
    }
}

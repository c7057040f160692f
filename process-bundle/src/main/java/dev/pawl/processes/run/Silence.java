package dev.pawl.processes.run;

import java.time.Duration;

/** The time for which a process has said nothing; a module may name one after which such a process hangs. For one thread. */
final class Silence {

    private final Duration longest;
    private long heardAt = System.nanoTime();

    /** @param longest the longest silence; zero for any time */
    Silence(Duration longest) {
        this.longest = longest;
    }

    /** Whether it has been silent for longer than that. */
    boolean isTooLong(boolean saidSomething) {
        long now = System.nanoTime();
        if (saidSomething || longest.isZero()) {
            heardAt = now;
        }
        return now - heardAt > longest.toNanos() && !longest.isZero();
    }

    /** A sentence about it. */
    String sentence() {
        return "The process was silent for longer than the " + longest.toSeconds()
                + " s of its silence_s and is ended.";
    }
}

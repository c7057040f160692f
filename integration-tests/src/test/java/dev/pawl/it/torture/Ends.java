package dev.pawl.it.torture;

import java.util.ArrayList;
import java.util.List;

/** The ends that external workers told of one job: those that were sent, and of these the ones that the server took. Safe for many threads. */
final class Ends {

    private final List<End> sent = new ArrayList<>();
    private final List<End> taken = new ArrayList<>();
    private int timesFailed;

    /** Writes one down before it is sent: from then on it may be on disk. */
    synchronized void sending(End end) {
        timesFailed += end.failed() ? 1 : 0;
        if (!sent.contains(end)) {
            sent.add(end);
        }
    }

    /** The server has answered that it is on disk. */
    synchronized void taken(End end) {
        taken.add(end);
    }

    /** The server has answered that it is not taken and never was. */
    synchronized void refused(End end) {
        sent.remove(end);
        timesFailed -= end.failed() ? 1 : 0;
    }

    /** All that were sent, but those that were refused. */
    synchronized List<End> sent() {
        return List.copyOf(sent);
    }

    /**
     * The number of failures sent. One that was not answered is sent again, and may end the next run of the job the second time, where the
     * worker does not say of which run it speaks.
     */
    synchronized int timesFailed() {
        return timesFailed;
    }

    /** The ends that are on disk according to the server. */
    synchronized List<End> taken() {
        return List.copyOf(taken);
    }

    /** Whether the job is over, as the server said, when it may fail so often. */
    synchronized boolean areFinal(int attempts) {
        return taken.stream().anyMatch(end -> !end.failed()) || taken.size() >= attempts;
    }
}

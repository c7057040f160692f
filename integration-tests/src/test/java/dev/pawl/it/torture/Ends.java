package dev.pawl.it.torture;

import java.util.ArrayList;
import java.util.List;

/** The ends of one job that external workers reported: those sent, and those of them that the server accepted. Safe for many threads. */
final class Ends {

    private final List<End> sent = new ArrayList<>();
    private final List<End> taken = new ArrayList<>();
    private int timesFailed;

    /** Records an end before it is sent: from then on it may be on disk. */
    synchronized void sending(End end) {
        timesFailed += end.failed() ? 1 : 0;
        if (!sent.contains(end)) {
            sent.add(end);
        }
    }

    /** Records that the server has answered that the end is on disk. */
    synchronized void taken(End end) {
        taken.add(end);
    }

    /** Records that the server has refused the end and had not accepted it before. */
    synchronized void refused(End end) {
        sent.remove(end);
        timesFailed -= end.failed() ? 1 : 0;
    }

    /** The ends that were sent and not refused. */
    synchronized List<End> sent() {
        return List.copyOf(sent);
    }

    /**
     * The number of failures sent. A failure without an answer is sent again, and the second time may end the next run of the job, if the
     * worker does not name the run.
     */
    synchronized int timesFailed() {
        return timesFailed;
    }

    /** The ends that are on disk according to the server. */
    synchronized List<End> taken() {
        return List.copyOf(taken);
    }

    /** Whether the job has ended according to the server's answers, given its number of attempts. */
    synchronized boolean areFinal(int attempts) {
        return taken.stream().anyMatch(end -> !end.failed()) || taken.size() >= attempts;
    }
}

package dev.pawl.it.torture;

import dev.pawl.it.server.Footprint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a torture test.
 *
 * @param seed what everything was drawn from
 * @param kills how often the server was killed
 * @param lives how many lives of the server ended how, and under which faults
 * @param jobs how many jobs there are
 * @param unanswered how many requests got no answer
 * @param refused how many were refused for want of a disk
 * @param outcomes how many jobs ended in each status
 * @param wornOut how many of them were given up, because the server ended each time they ran
 * @param outside what external workers did how often
 * @param slowestStartMs the longest time from a start to the line that says it is ready
 * @param first the first server at rest
 * @param last the last one at rest
 * @param seconds how long it took
 * @param violations what was wrong, a sentence each
 */
record Report(
        long seed,
        int kills,
        Map<String, Integer> lives,
        int jobs,
        int unanswered,
        int refused,
        Map<String, Integer> outcomes,
        int wornOut,
        Map<String, Integer> outside,
        long slowestStartMs,
        Footprint first,
        Footprint last,
        long seconds,
        List<String> violations) {

    @Override
    public String toString() {
        return "seed " + seed + ", " + kills + " kills in " + seconds + " s\n"
                + "  lives: " + lives + ", slowest start " + slowestStartMs + " ms\n"
                + "  jobs: " + jobs + " " + outcomes + ", " + wornOut
                + " of them given up because the server ended each time; "
                + unanswered + " requests unanswered, " + refused + " refused\n"
                + "  external workers: " + new TreeMap<>(outside) + "\n"
                + "  at rest, first server: " + first + "\n"
                + "  at rest, last server:  " + last + "\n"
                + (violations.isEmpty() ? "  no violation" : "  VIOLATIONS:\n    " + String.join("\n    ", violations));
    }
}

package dev.pawl.it.torture;

import dev.pawl.it.server.Footprint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a torture test.
 *
 * @param seed the seed of everything random
 * @param kills the number of kills of the server
 * @param lives the number of lives of the server, by their end and fault
 * @param jobs the number of jobs
 * @param unanswered the number of requests without an answer
 * @param refused the number of requests refused
 * @param outcomes the number of jobs in each final status
 * @param wornOut the number of jobs that failed as crash loops, because the server ended each time they ran
 * @param outside the counts of the external workers' events
 * @param verified the number of verifications of the audit log
 * @param dueTimes the number of due times of schedules, each of which has its job or its reason
 * @param told the numbers of deliveries to a hook, each of which has one job, and of callbacks that were told
 * @param slowestStartMs the longest time from a start to the line that says that the server is ready
 * @param first the footprint of the first server at rest
 * @param last the footprint of the last server at rest
 * @param seconds the duration
 * @param violations the violations, one sentence each
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
        long verified,
        int dueTimes,
        String told,
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
                + "  audit verified " + verified + " times; " + dueTimes + " due times of schedules\n"
                + "  " + told + "\n"
                + "  at rest, first server: " + first + "\n"
                + "  at rest, last server:  " + last + "\n"
                + (violations.isEmpty() ? "  no violation" : "  VIOLATIONS:\n    " + String.join("\n    ", violations));
    }
}

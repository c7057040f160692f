package dev.pawl.it.torture;

import dev.pawl.it.history.Outages;
import dev.pawl.it.history.Takeovers;
import java.util.List;
import java.util.Map;

/**
 * The result of a torture of several servers.
 *
 * @param faults the number of faults of each kind
 * @param outcomes the number of jobs of the mixed load in each final status
 * @param probes the number of jobs with effects outside
 * @param runs the number of runs in the history, and how many were taken from their server
 * @param lateEffects effects after another server had the job, of servers that could not know
 * @param killed times from SIGKILL to the next claim
 * @param handedOver times from SIGTERM to the next claim
 * @param outages the rates of ends before and after the database was away
 * @param seen what readers of events and logs have seen
 * @param violations the violations, one sentence each
 */
record ClusterReport(
        long seed,
        Map<String, Integer> faults,
        Map<String, Integer> outcomes,
        int wornOut,
        int probes,
        int unanswered,
        Map<String, Integer> outside,
        String runs,
        int lateEffects,
        long verified,
        int dueTimes,
        String told,
        Takeovers killed,
        Takeovers handedOver,
        Outages outages,
        String seen,
        long seconds,
        List<String> violations) {

    int jobs() {
        return probes + outcomes.values().stream().mapToInt(n -> n).sum();
    }

    @Override
    public String toString() {
        return "seed " + seed + ", "
                + faults.values().stream().mapToInt(n -> n).sum() + " faults in " + seconds + " s: " + faults + "\n"
                + "  jobs: " + jobs() + " " + outcomes + ", " + wornOut + " given up; " + probes
                + " with effects outside; " + unanswered + " requests unanswered\n"
                + "  external workers: " + outside + "\n"
                + "  history: " + runs + "; " + lateEffects + " late effects of servers that could not know\n"
                + "  audit verified " + verified + " times; " + dueTimes + " due times of schedules; " + told + "\n"
                + "  taken over after SIGKILL: " + killed + "; after SIGTERM: " + handedOver + "\n"
                + "  " + outages + "\n  " + seen + "\n"
                + (violations.isEmpty() ? "  no violation" : "  VIOLATIONS:\n    " + String.join("\n    ", violations));
    }
}

package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Compares jobs that external workers held with the ends that these reported. */
final class OutsideAudit {

    private static final String COMPLETED_LINE = "Completed by external worker ";
    private static final String FAILED_LINE = "Failed at external worker ";

    private final Ledger ledger;

    OutsideAudit(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Checks a job, and returns whether it ended outside, so that its end needs no other checks.
     *
     * @param job the server's full view of it
     * @param lines its log
     */
    boolean judge(Expectation expected, JsonNode job, JsonNode lines) {
        String id = job.get("id").asText();
        String who = id + " (" + expected.kind() + ")";
        if (job.get("epoch").asLong() <= ledger.leases().passedOn(id)) {
            ledger.violation(who + " was lost in run " + ledger.leases().passedOn(id) + " and never handed out again");
        }
        if (!job.get("leased_until").isNull()) {
            ledger.violation(who + " is over and leased until " + job.get("leased_until"));
        }
        String status = job.get("status").asText();
        Optional<End> by = expected.ends().sent().stream()
                .filter(end -> status.equals(end.failed() ? "failed" : "completed")
                        && end.info().equals(job.get("info")))
                .findFirst();
        judgeTaken(who, expected, job, by);
        if (by.isPresent()) {
            judgeEnd(who, expected, job, lines, by.get());
            return true;
        }
        if (expected.kind().isOutside() && !(status.equals("stopped") && expected.isStopRequested())) {
            ledger.violation(who + " is " + status + ", and no worker said so: " + job.get("info") + ", "
                    + expected.ends().sent());
        }
        return expected.kind().isOutside();
    }

    /** Checks that an end that the server accepted is the job's only end. */
    private void judgeTaken(String who, Expectation expected, JsonNode job, Optional<End> by) {
        List<End> taken = expected.ends().taken();
        long completed = taken.stream().filter(end -> !end.failed()).count();
        boolean isFinal = expected.ends().areFinal(expected.kind().attempts());
        if (completed > 1 || taken.size() > expected.kind().attempts()) {
            ledger.violation(who + " was ended more than once: " + taken);
        }
        if (isFinal && by.isEmpty()) {
            ledger.violation(
                    who + " is " + job.get("status") + " with " + job.get("info") + ", though taken was " + taken);
        } else if (isFinal && !by.equals(taken.stream().reduce((first, second) -> second))) {
            ledger.violation(who + " ended by " + by + ", though taken was " + taken);
        }
    }

    private void judgeEnd(String who, Expectation expected, JsonNode job, JsonNode lines, End by) {
        int completed = 0;
        int failed = 0;
        for (JsonNode line : lines) {
            completed += line.get("message").asText().startsWith(COMPLETED_LINE) ? 1 : 0;
            failed += line.get("message").asText().startsWith(FAILED_LINE) ? 1 : 0;
        }
        int attempts = job.get("attempt").asInt();
        long takenFailures =
                expected.ends().taken().stream().filter(End::failed).count();
        int sentFailures = expected.ends().timesFailed();
        boolean failedElsewhere = !expected.kind().isOutside(); // in the server, before the job was handed out
        boolean right = by.failed()
                ? attempts == expected.kind().attempts()
                : completed == 1 && (failedElsewhere || failed == attempts - 1);
        if (!right) {
            ledger.violation(who + " ended by " + by + " at attempt " + attempts + ", and its log tells of " + completed
                    + " and " + failed + " ends");
        }
        if (failed < takenFailures || failed > sentFailures) {
            ledger.violation(who + " failed " + failed + " times by its log, of " + sentFailures + " told and "
                    + takenFailures + " taken");
        }
        if (by.failed()
                ? !job.get("error").asText().contains(by.token())
                : job.get("progress").asDouble() != 100) {
            ledger.violation(who + " ended by " + by + " and shows " + job);
        }
    }
}

package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the jobs throughout the torture and compares each reading with the previous one: a final state never changes, a result that is no
 * longer tentative stays, and counts and start times never go back.
 */
final class Watcher {

    private static final List<String> FINAL = List.of("completed", "failed", "stopped");
    private static final int LOOKED_INTO = 4;

    private final Ledger ledger;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Inside> insides = new HashMap<>();

    /** The summary of a job when it was last seen. */
    private record Seen(String status, int attempt, String startedAt, String completedAt, String error) {}

    /** The final data of a job when it was last seen. */
    private record Inside(boolean over, long finalResults, long results, long lines) {}

    Watcher(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Reads the newest jobs, and the contents of a few of them. */
    void look(Api api, int newest) {
        int lookedInto = 0;
        for (JsonNode job : api.get("/jobs?limit=" + newest).expect(200).get("jobs")) {
            judge(job);
            String status = job.get("status").asText();
            Expectation expected = ledger.titled(job.get("job_title").asText());
            boolean stays = expected != null && expected.kind() != Kind.REMOVED;
            if (stays && !status.equals("pending") && lookedInto < LOOKED_INTO) {
                lookedInto++;
                lookInto(api, job.get("id").asText());
            }
        }
    }

    /** Compares a summary with the last one of the same job. */
    void judge(JsonNode job) {
        String id = job.get("id").asText();
        Seen now = new Seen(
                job.get("status").asText(),
                job.get("attempt").asInt(),
                job.get("started_at").asText(),
                job.get("completed_at").asText(),
                job.get("error").asText());
        Seen before = seen.put(id, now);
        boolean isFinal = FINAL.contains(now.status());
        if (isFinal == now.completedAt().equals("null")) {
            ledger.violation(id + " is " + now.status() + " and completed_at is " + now.completedAt());
        }
        if (before == null) {
            return;
        }
        if (FINAL.contains(before.status()) && !before.equals(now)) {
            ledger.violation(id + " was " + before + " for good and is now " + now);
        }
        if (now.attempt() < before.attempt()) {
            ledger.violation(id + " went back from attempt " + before.attempt() + " to " + now.attempt());
        }
        if (!before.startedAt().equals("null") && !before.startedAt().equals(now.startedAt())) {
            ledger.violation(id + " began at " + before.startedAt() + " and then at " + now.startedAt());
        }
    }

    /** Compares a job's contents with the previous ones: a result that was not tentative is never removed. */
    void lookInto(Api api, String id) {
        boolean over =
                FINAL.contains(api.get("/jobs/" + id).expect(200).get("status").asText());
        JsonNode page = api.get("/jobs/" + id + "/results?limit=10000").expect(200);
        long finalResults = 0;
        long number = 0;
        for (JsonNode result : page.get("results")) {
            number++;
            if (result.get("sequence").asLong() != number) {
                ledger.violation(id + " has as result " + number + " " + result);
            }
            if (!result.get("tentative").asBoolean()) {
                finalResults++;
                if (finalResults != number) {
                    ledger.violation(id + " has a final result after a tentative one: " + result);
                }
            }
        }
        if (page.get("total").asLong() != number) {
            ledger.violation(id + " counts " + page.get("total") + " results and shows " + number);
        }
        JsonNode last =
                api.get("/jobs/" + id + "/logs?limit=1").expect(200).get("logs").get(0);
        Inside now = new Inside(
                over,
                finalResults,
                number,
                last == null ? 0 : last.get("sequence").asLong());
        Inside before = insides.put(id, now);
        if (before != null
                && (before.over()
                        ? !before.equals(now)
                        : now.finalResults() < before.finalResults() || now.lines() < before.lines())) {
            ledger.violation(id + " held " + before + " and now holds " + now);
        }
        if (over && finalResults != number) {
            ledger.violation(id + " is over and has tentative results: " + now);
        }
    }

    /** The jobs whose contents were read. */
    List<String> lookedInto() {
        return List.copyOf(insides.keySet());
    }
}

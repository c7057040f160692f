package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds a server against the model: every acknowledged job is there, ended as it may, with the results it must have. */
final class Audit {

    private final Api api;
    private final List<String> violations = new ArrayList<>();

    Audit(Api api) {
        this.api = api;
    }

    /** Judges every job; what is wrong is in {@link #violations}. */
    void judge(List<Expectation> expectations, Map<String, String> endedBefore) {
        for (Expectation expected : expectations) {
            Api.Answer answer = api.get("/jobs/" + expected.id());
            if (answer.status() != 200) {
                violations.add(expected.id() + " was acknowledged and is lost: " + answer.status());
                continue;
            }
            String status = answer.body().get("status").asText();
            if (!expected.outcomes().contains(status)) {
                violations.add(expected.id() + " is " + status + ", not " + expected.outcomes() + ": " + answer.body());
            }
            String before = endedBefore.get(expected.id());
            if (before != null && !before.equals(status)) {
                violations.add(expected.id() + " was " + before + " for good and is now " + status);
            }
            judgeResults(expected, status);
            judgeLog(expected);
        }
    }

    private void judgeResults(Expectation expected, String status) {
        List<String> results = new ArrayList<>();
        for (JsonNode row : api.results(expected.id())) {
            results.add(row.get("task").asInt() + "/" + row.get("step").asInt());
        }
        List<String> all = expected.allResults();
        boolean right = status.equals("completed")
                ? results.equals(all)
                : results.size() <= all.size() && results.equals(all.subList(0, results.size()));
        if (!right) {
            violations.add(expected.id() + " (" + status + ") has the results " + results);
        }
    }

    private void judgeLog(Expectation expected) {
        long last = 0;
        for (JsonNode entry : api.get("/jobs/" + expected.id() + "/logs?limit=10000")
                .expect(200)
                .get("logs")) {
            long sequence = entry.get("sequence").asLong();
            if (last != 0 && sequence != last + 1) {
                violations.add(expected.id() + " has a gap in its log after " + last);
            }
            last = sequence;
        }
    }

    /** What is wrong, a sentence each. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}

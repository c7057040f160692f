package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows the server's audit log over the kills. It must remain one chain of hashes that still holds what a former server had on disk, and at the
 * end its entries must be the changes that were made: none without its entry, no entry without its change, whenever the process was killed.
 */
final class AuditTrail {

    private static final int PAGE = 1_000;

    private final Ledger ledger;
    private String head = "";
    private long verified;

    AuditTrail(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Verifies the chain, up to the entry that was the last one at the look before and beyond. */
    void look(Api api) {
        JsonNode report = api.get("/audit/verify" + (head.isEmpty() ? "" : "?expect=" + head))
                .expect(200);
        verified++;
        if (!report.get("sound").asBoolean()) {
            ledger.violation("the audit log is not sound: " + report);
        }
        head = report.get("head").asText();
    }

    /** The number of verifications. */
    long verified() {
        return verified;
    }

    /** Compares the entries with the jobs at rest. */
    void judge(Api api, Map<String, JsonNode> jobs) {
        look(api);
        Map<String, Map<String, Integer>> done = entries(api);
        Set<String> removed = once(done, "job.remove");
        Set<String> ever = union(jobs.keySet(), removed);
        same("started", ever, once(done, "job.start"));
        Set<String> stopped = jobs.values().stream()
                .filter(job -> job.get("status").asText().equals("stopped"))
                .map(job -> job.get("id").asText())
                .collect(Collectors.toSet());
        same("stopped", stopped, once(done, "job.stop"));
        Collection<Expectation> all = ledger.all();
        for (Expectation asked : all) {
            if (asked.id() != null) {
                judgeEnds(asked, done.getOrDefault("job.complete", Map.of()).getOrDefault(asked.id(), 0));
                if (removed.contains(asked.id()) && !asked.mayBeGone()) {
                    ledger.violation(asked.id() + " was removed by its entry, and nobody asked for that");
                }
                if (asked.isRemoved() && !removed.contains(asked.id())) {
                    ledger.violation(asked.id() + " was removed without an entry");
                }
            }
        }
        for (String id : removed) {
            if (jobs.containsKey(id)) {
                ledger.violation(id + " is there, and an entry says that it was removed");
            }
        }
    }

    /** Each end that the server took is an entry, and each entry an end that was sent. */
    private void judgeEnds(Expectation asked, int entries) {
        int taken = asked.ends().taken().size();
        int sent = asked.ends().sent().size();
        if (entries < taken || entries > Math.max(sent, asked.ends().timesFailed() + 1)) {
            ledger.violation(
                    asked.id() + " has " + entries + " entries of its end; " + taken + " were taken of " + sent);
        }
    }

    private void same(String change, Set<String> made, Set<String> recorded) {
        for (String id : made) {
            if (!recorded.contains(id)) {
                ledger.violation(id + " was " + change + " without an entry in the audit");
            }
        }
        for (String id : recorded) {
            if (!made.contains(id)) {
                ledger.violation(id + " was not " + change + ", and an entry says so");
            }
        }
    }

    /** The targets of an action, each of which is to have one entry. */
    private Set<String> once(Map<String, Map<String, Integer>> done, String action) {
        Map<String, Integer> targets = done.getOrDefault(action, Map.of());
        targets.forEach((target, entries) -> {
            if (entries != 1) {
                ledger.violation(target + " has " + entries + " entries " + action);
            }
        });
        return targets.keySet();
    }

    /** Whether it is the entry of a request whose job was there: a repetition, after an answer that was lost. */
    private static boolean addedNothing(JsonNode entry) {
        return entry.get("action").asText().equals("job.start")
                && !entry.get("detail").asText().isEmpty();
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** The number of entries with the outcome done, by action and target. */
    private static Map<String, Map<String, Integer>> entries(Api api) {
        Map<String, Map<String, Integer>> done = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/audit?action=job&limit=" + PAGE + cursor).expect(200);
            for (JsonNode entry : page.get("entries")) {
                if (entry.get("outcome").asText().equals("done") && !addedNothing(entry)) {
                    done.computeIfAbsent(entry.get("action").asText(), action -> new HashMap<>())
                            .merge(entry.get("target").asText(), 1, Integer::sum);
                }
            }
            JsonNode next = page.get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        return done;
    }
}

package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares every job of a server at rest with the model. */
final class Audit {

    private static final Pattern WORN_OUT = Pattern.compile("The server ended (\\d+) times in a row while this job .*");
    private static final int LEAST_ENDS = 3;
    private static final int PAGE = 1_000;
    private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

    private final Api api;
    private final Ledger ledger;
    private final Watcher watcher;
    private final OutsideAudit outside;
    private final Trails trails;
    private final Predicate<JsonNode> other;
    private final Function<JsonNode, Instant> added;
    private final Map<String, Integer> outcomes = new HashMap<>();
    private final Map<String, List<JsonNode>> byKey = new HashMap<>();
    private int wornOut;

    /**
     * @param other whether a job is none of the mixed load, and judged elsewhere
     * @param added when a job was on disk at the earliest
     */
    Audit(
            Api api,
            Ledger ledger,
            Watcher watcher,
            Trails trails,
            Predicate<JsonNode> other,
            Function<JsonNode, Instant> added) {
        this.other = other;
        this.added = added;
        this.api = api;
        this.ledger = ledger;
        this.watcher = watcher;
        this.trails = trails;
        this.outside = new OutsideAudit(ledger);
    }

    /** Checks all jobs; violations go into the ledger. */
    void judge() {
        Map<String, JsonNode> jobs = new HashMap<>();
        Set<String> titles = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/jobs?limit=" + PAGE + cursor).expect(200);
            for (JsonNode job : page.get("jobs")) {
                jobs.put(job.get("id").asText(), job);
                if (other.test(job)) {
                    continue;
                }
                if (Trails.startsByItself(job)) {
                    outcomes.merge(job.get("status").asText(), 1, Integer::sum);
                    continue;
                }
                if (!titles.add(job.get("job_title").asText())) {
                    ledger.violation("a request became two jobs: " + job);
                }
                watcher.judge(job);
                judge(job);
            }
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        for (Expectation asked : ledger.all()) {
            boolean isThere = asked.id() == null || jobs.containsKey(asked.id());
            if (!isThere && !asked.mayBeGone()) {
                ledger.violation(asked.id() + " (" + asked.title() + ") was acknowledged and is lost");
            }
            if (isThere && asked.isRemoved()) {
                ledger.violation(asked.id() + " (" + asked.title() + ") was removed and is there");
            }
        }
        byKey.forEach(this::judgeKey);
        trails.judge(api, ledger, jobs);
        watcher.lookedInto().forEach(id -> watcher.lookInto(api, id));
    }

    /** The number of jobs in each final status. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** The number of jobs that failed because the server ended each time they ran: crash loops. */
    int wornOut() {
        return wornOut;
    }

    private void judge(JsonNode job) {
        String id = job.get("id").asText();
        String status = job.get("status").asText();
        Expectation expected = ledger.titled(job.get("job_title").asText());
        if (expected == null || expected.isRefused()) {
            ledger.violation(id + " is there, though it was " + (expected == null ? "never asked for" : "refused"));
            return;
        }
        if (expected.uniqueKey() != null) {
            byKey.computeIfAbsent(expected.uniqueKey(), key -> new ArrayList<>())
                    .add(job);
        } else if (expected.id() != null && !expected.id().equals(id)) {
            ledger.violation(id + " was acknowledged as " + expected.id());
        }
        outcomes.merge(status, 1, Integer::sum);
        JsonNode lines =
                api.get("/jobs/" + id + "/logs?limit=10000").expect(200).get("logs");
        LogJudgement log = new LogJudgement(expected, lines);
        log.wrong().forEach(wrong -> ledger.violation(id + " (" + expected.kind() + "): " + wrong));
        boolean wasOutside =
                expected.kind().isOutside() || !expected.ends().sent().isEmpty();
        if (wasOutside && outside.judge(expected, api.job(id), lines)) {
            judgeResults(id, expected, status, false);
            return;
        }
        Matcher wornOutBy = WORN_OUT.matcher(job.get("error").asText());
        boolean worn = status.equals("failed") && wornOutBy.matches();
        if (worn) {
            judgeWornOut(id, expected, log, Integer.parseInt(wornOutBy.group(1)));
        } else if (!expected.outcomes().contains(status)) {
            ledger.violation(id + " (" + expected.kind() + ") is " + status + ", not " + expected.outcomes() + ": "
                    + job.get("error"));
        }
        boolean whole = status.equals("completed") || (status.equals("failed") && !worn);
        if (whole && !log.isWhole()) {
            ledger.violation(id + " (" + expected.kind() + ") is " + status + " and lacks lines in its log");
        }
        if (status.equals("failed") && !worn) {
            judgeAttempts(id, job, expected);
        }
        judgeResults(id, expected, status, whole);
    }

    /** Checks a job that failed as a crash loop: the server must have ended often enough in a row, without a checkpoint in between. */
    private void judgeWornOut(String id, Expectation expected, LogJudgement log, int ends) {
        wornOut++;
        long last = api.get("/jobs/" + id)
                .expect(200)
                .get("epoch")
                .asLong(); // a run may have ended before it logged a line
        boolean gotFurther = false;
        for (long run = last - ends + 2; run <= last; run++) {
            gotFurther |= log.savedIn(run);
        }
        if (ends < LEAST_ENDS || ledger.kills() - expected.bornAtKill() < ends || gotFurther) {
            ledger.violation(id + " (" + expected.kind() + ") was given up after " + ends + " ends of the server: run "
                    + last + ", born at kill " + expected.bornAtKill());
        }
    }

    private void judgeAttempts(String id, JsonNode job, Expectation expected) {
        int attempts = job.get("attempt").asInt();
        int due = expected.kind() == Kind.EXHAUSTED ? Kind.ATTEMPTS : 1;
        if (attempts != due) {
            ledger.violation(id + " (" + expected.kind() + ") failed for good at attempt " + attempts + ", not " + due);
        }
    }

    private void judgeResults(String id, Expectation expected, String status, boolean whole) {
        List<String> results = new ArrayList<>();
        for (JsonNode row : api.results(id)) {
            results.add(row.get("task").asInt() + "/" + row.get("step").asInt());
        }
        List<String> all = expected.allResults();
        boolean right = whole
                ? results.equals(all)
                : results.size() <= all.size() && results.equals(all.subList(0, results.size()));
        if (!right) {
            ledger.violation(id + " (" + expected.kind() + ", " + status + ") has the results " + results);
        }
    }

    /** Checks that no two jobs with the same unique key existed at once. */
    private void judgeKey(String key, List<JsonNode> jobs) {
        jobs.sort(Comparator.comparing(added));
        for (int n = 1; n < jobs.size(); n++) {
            Instant ended = time(jobs.get(n - 1), "completed_at");
            if (ended.minus(ON_THE_WAY).isAfter(added.apply(jobs.get(n)))) {
                ledger.violation(
                        "two jobs with " + key + " lived together: " + jobs.get(n - 1) + " and " + jobs.get(n));
            }
        }
    }

    /** When the job was requested; a store that one server has adds it then. */
    static Instant requested(JsonNode job) {
        return time(job, "created_at");
    }

    private static Instant time(JsonNode job, String field) {
        return OffsetDateTime.parse(job.get(field).asText()).toInstant();
    }
}

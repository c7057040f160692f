package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Schedules that fire through all lives of the server, each with another rule for jobs that overlap. Their histories are read piece by piece,
 * since a server keeps the latest due times alone. At the end each due time must have one job, or one reason why it has none.
 */
final class ScheduleTrail {

    /** Begins the title of each of their jobs. */
    private static final String TITLE = "scheduled-";

    private static final List<Timed> SCHEDULES = List.of(
            new Timed("tick", 1, "allow", Kind.SHORT, Map.of()),
            new Timed("late", 3, "allow", Kind.SHORT, Map.of("jitter", "2s")),
            new Timed("polite", 1, "skip", Kind.KEYED, Map.of()),
            new Timed("patient", 2, "queue", Kind.LONG, Map.of()),
            new Timed("hasty", 2, "replace", Kind.LONG, Map.of()));
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NOTICED = Duration.ofSeconds(10);
    private static final Pattern SEVERAL = Pattern.compile("(\\d+) due times? from (\\S+) to (\\S+) missed.*");
    private static final int PAGE = 100;

    private final Ledger ledger;
    private final Map<String, TreeMap<Instant, JsonNode>> fires = new HashMap<>();
    private final Map<String, Instant> origins = new HashMap<>();

    /**
     * A schedule.
     *
     * @param everyS its interval, in seconds
     * @param kind the kind of its jobs
     */
    private record Timed(String name, int everyS, String overlap, Kind kind, Map<String, String> rest) {}

    ScheduleTrail(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether a job is one of a schedule. */
    static boolean isOfSchedule(JsonNode job) {
        return job.get("job_title").asText().startsWith(TITLE);
    }

    /** Makes the schedules. */
    void begin(Api api) {
        for (Timed timed : SCHEDULES) {
            Expectation job = new Expectation(
                    TITLE + timed.name(), timed.kind(), timed.kind().tasks(new Random(1)), null, 0);
            Instant origin = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
            Map<String, Object> body = new HashMap<>(timed.rest());
            body.put("every", timed.everyS() + "s");
            body.put("start_at", origin.toString());
            body.put("overlap", timed.overlap());
            body.put("missed", "all");
            body.put("job", job.request());
            api.json("PUT", "/schedules/" + timed.name(), body).expect(200);
            origins.put(timed.name(), origin);
            fires.put(timed.name(), new TreeMap<>());
        }
    }

    /** Reads what has been added to the histories since the last look. */
    void look(Api api) {
        origins.keySet().forEach(name -> look(api, name));
    }

    private void look(Api api, String name) {
        TreeMap<Instant, JsonNode> known = fires.get(name);
        String before = "";
        while (true) {
            JsonNode page = api.get("/schedules/" + name + "/history?limit=" + PAGE + before)
                    .expect(200);
            boolean hasMet = false;
            for (JsonNode fire : page.get("fires")) {
                JsonNode former = known.put(time(fire, "due_at"), fire);
                hasMet |= former != null;
                if (former != null && !former.equals(fire)) {
                    ledger.violation("the history of " + name + " has changed: " + former + " was " + fire);
                }
            }
            JsonNode next = page.get("next_before");
            if (hasMet || next.isNull()) {
                return;
            }
            before = "&before=" + next.asText().replace("+", "%2B");
        }
    }

    /** Waits until the schedules are up to date, pauses them and reads the rest. */
    void end(Api api) {
        for (String name : origins.keySet()) {
            try {
                Eventually.eventually("the schedule " + name + " is up to date", SOON, () -> {
                    look(api, name);
                    TreeMap<Instant, JsonNode> known = fires.get(name);
                    return !known.isEmpty()
                            && known.lastKey().isAfter(Instant.now().minus(NOTICED));
                });
            } catch (AssertionError e) {
                ledger.violation(
                        e.getMessage() + "; " + api.get("/schedules/" + name).body());
            }
            api.post("/schedules/" + name + "/pause", Map.of()).expect(200);
            look(api, name);
        }
    }

    /** Compares the histories with the clock and with the jobs at rest. */
    void judge(Map<String, JsonNode> jobs) {
        Map<String, String> started = new HashMap<>();
        for (Timed timed : SCHEDULES) {
            Instant due = origins.get(timed.name());
            for (Map.Entry<Instant, JsonNode> entry : fires.get(timed.name()).entrySet()) {
                JsonNode fire = entry.getValue();
                Matcher several = SEVERAL.matcher(fire.get("detail").asText());
                Instant first = several.matches() ? Instant.parse(several.group(2)) : entry.getKey();
                if (!first.equals(due)) {
                    ledger.violation(timed.name() + " was due at " + due + ", and its history goes on with " + fire);
                }
                due = entry.getKey().plusSeconds(timed.everyS());
                judge(timed, fire, jobs, started);
            }
        }
        jobs.values().stream()
                .filter(ScheduleTrail::isOfSchedule)
                .filter(job -> !started.containsKey(job.get("id").asText()))
                .forEach(job -> ledger.violation("no due time has this job: " + job));
    }

    private void judge(Timed timed, JsonNode fire, Map<String, JsonNode> jobs, Map<String, String> started) {
        if (!fire.hasNonNull("job_id")) {
            // Whatever the rule, one job waits at most, except in a queue.
            boolean maySkip = !timed.overlap().equals("queue");
            boolean hasReason = fire.get("outcome").asText().equals("skipped_overlap")
                    && !fire.get("detail").asText().isEmpty();
            if (!maySkip || !hasReason) {
                ledger.violation("a due time of " + timed.name() + " has neither a job nor a reason: " + fire);
            }
            return;
        }
        String id = fire.get("job_id").asText();
        JsonNode job = jobs.get(id);
        if (job == null || !job.get("job_title").asText().equals(TITLE + timed.name())) {
            ledger.violation("a due time of " + timed.name() + " has a job that is not there: " + fire);
        }
        String other = started.put(id, timed.name() + " " + fire);
        if (other != null) {
            ledger.violation("two due times have the job " + id + ": " + other + " and " + fire);
        }
    }

    /** The number of due times in the histories. */
    int dueTimes() {
        return fires.values().stream().mapToInt(TreeMap::size).sum();
    }

    private static Instant time(JsonNode fire, String field) {
        return OffsetDateTime.parse(fire.get(field).asText()).toInstant();
    }
}

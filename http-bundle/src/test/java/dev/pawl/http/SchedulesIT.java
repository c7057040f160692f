package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.json.JsonText;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.Timing;
import dev.pawl.testkit.fake.FakeSchedules;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes of schedules. */
final class SchedulesIT {

    private static final String NIGHTLY =
            "{\"cron\": \"0 3 * * 1-5\", \"time_zone\": \"Europe/Berlin\", \"job\": {\"module_id\": \"hello\"}}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @BeforeEach
    void forget() {
        server.schedules.forget();
    }

    private static HttpResponse<String> put(String name, String json) throws IOException, InterruptedException {
        return server.send("PUT", "/schedules/" + name, json);
    }

    private static HttpResponse<String> put(String name, Object body) throws IOException, InterruptedException {
        return put(name, JsonText.text(json -> JsonText.value(json, body)));
    }

    private static String detail(HttpResponse<String> answer) {
        return String.valueOf(Answers.object(answer.body()).get("detail"));
    }

    private static List<?> names(HttpResponse<String> page) {
        return ((List<?>) ok(page).get("schedules"))
                .stream().map(one -> ((Map<?, ?>) one).get("name")).toList();
    }

    private static ScheduleRequest kept(String name) {
        return server.schedules.get(name).request();
    }

    @Test
    void aScheduleTakesItsDefaultsAndIsShownAsItIs() throws Exception {
        Map<?, ?> made = ok(put("nightly", NIGHTLY));
        assertEquals("nightly", made.get("name"));
        assertEquals("0 3 * * 1-5", made.get("cron"));
        assertEquals("Europe/Berlin", made.get("time_zone"));
        assertEquals("skip", made.get("overlap"));
        assertEquals("once", made.get("missed"));
        assertEquals(false, made.get("paused"));
        assertEquals("2026-01-01T11:00:00.123+00:00", made.get("next_at"));
        assertNull(made.get("last_at"));
        assertFalse(made.containsKey("every") || made.containsKey("start_at"), made::toString);
        assertEquals(made, ok(server.get("/schedules/nightly")));
        assertEquals(Timing.cron("0 3 * * 1-5").cron(), kept("nightly").timing().cron());
    }

    @Test
    void allThatCanBeSaidOfAScheduleArrives() throws Exception {
        ok(put(
                "often",
                Map.of(
                        "every", "90s",
                        "job", Map.of("tasks", List.of(Map.of("module", "a"), Map.of("module", "b"))),
                        "overlap", "replace",
                        "missed", "all",
                        "jitter", "10s",
                        "start_at", "2026-02-01T00:00:00Z",
                        "end_at", "2026-03-01T00:00:00Z",
                        "paused", true)));
        ScheduleRequest often = kept("often");
        var range = new Timing(
                null,
                Duration.ofSeconds(90),
                null,
                Instant.parse("2026-02-01T00:00:00Z"),
                Instant.parse("2026-03-01T00:00:00Z"),
                Duration.ofSeconds(10));
        assertEquals(range, often.timing());
        assertEquals(Overlap.REPLACE, often.overlap());
        assertEquals(Missed.ALL, often.missed());
        assertTrue(often.paused());
        assertEquals(2, often.job().tasks().size());
    }

    @Test
    void aJobThatWasShownCanBeSentAgainAndIsTheSame() throws Exception {
        List<Map<String, ?>> jobs = List.of(
                Map.of("module_id", "hello", "inputs", Map.of("password", "***", "n", 1)),
                Map.of("tasks", List.of(Map.of("module", "a", "data", Map.of("x", 1)), Map.of("module", "b"))),
                Map.of(
                        "module_id", "hello",
                        "job_title", "Greets",
                        "settings", Map.of("key", "***"),
                        "max_duration", "2h",
                        "priority", 7,
                        "retry", Map.of("max_attempts", 3, "backoff", "5s", "max_backoff", "90s"),
                        "unique_key", "one",
                        "unique_for", "1h",
                        "on_conflict", "reject"));
        for (Map<String, ?> job : jobs) {
            Object shown = ok(put("a", Map.of("every", "1h", "job", job))).get("job");
            JobRequest first = kept("a").job();
            assertEquals(
                    shown, ok(put("a", Map.of("every", "1h", "job", shown))).get("job"));
            assertEquals(first, kept("a").job());
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsValueAndWhatToDo() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"every\": \"1h\"}", "job is missing; it takes an object.",
                        "{\"job\": {\"module_id\": \"a\"}, \"every\": \"1h\", \"cron\": \"@daily\"}",
                                "Both cron and every are given; a schedule takes exactly one of them.",
                        "{\"job\": {\"module_id\": \"a\"}}",
                                "Neither cron nor every is given; a schedule takes exactly one of them.",
                        "{\"job\": {\"inputs\": {}}, \"every\": \"1h\"}",
                                "job.module_id is missing; it takes the id of a module. Or give tasks, a list of {module,"
                                        + " data}.",
                        "{\"job\": {\"module_id\": \"a\", \"tasks\": []}, \"every\": \"1h\"}",
                                "job.module_id and inputs cannot be combined with tasks; give one or the other.",
                        "{\"job\": {\"module_id\": \"a\", \"modul\": 1}, \"every\": \"1h\"}", "job.modul is unknown",
                        "{\"job\": {\"module_id\": \"a\"}, \"every\": \"1h\", \"overlap\": \"stack\"}",
                                "overlap is the text \"stack\"; it takes one of skip, queue, allow, replace.",
                        "{\"job\": {\"module_id\": \"a\"}, \"every\": \"1h\", \"missed\": \"two\"}",
                                "missed is the text \"two\"; it takes one of once, skip, all.",
                        "{\"job\": {\"module_id\": \"a\"}, \"every\": \"0.5s\"}", "every is ",
                        "{\"job\": {\"module_id\": \"a\", \"not_before\": \"2026-01-01T00:00:00Z\"}, \"every\": 60}",
                                "job.not_before is 2026-01-01T00:00:00Z")
                .entrySet()) {
            HttpResponse<String> answer = put("a", wrong.getKey());
            assertEquals(400, answer.statusCode(), answer.body());
            assertTrue(detail(answer).startsWith(wrong.getValue()), detail(answer));
        }
        problem(400, "PAWL-701", put("a", Map.of("cron", FakeSchedules.NEVER, "job", Map.of("module_id", "a"))));
        problem(400, "PAWL-300", put("%20", NIGHTLY));
        problem(400, "PAWL-300", put("x".repeat(101), NIGHTLY));
        problem(400, "PAWL-300", put("a", "[]"));
        problem(400, "PAWL-300", server.get("/schedules/upcoming?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"));
        assertEquals(List.of(), names(server.get("/schedules")));
    }

    @Test
    void schedulesAreListedByNameAPageAtATime() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            ok(put(name, NIGHTLY));
        }
        HttpResponse<String> first = server.get("/schedules?limit=2");
        assertEquals(List.of("a", "b"), names(first));
        HttpResponse<String> second =
                server.get("/schedules?limit=2&cursor=" + ok(first).get("next_cursor"));
        assertEquals(List.of("c"), names(second));
        assertNull(ok(second).get("next_cursor"));
    }

    @Test
    void aScheduleIsPausedResumedRunAndRemovedWhichTheAuditRecords() throws Exception {
        ok(put("audited", NIGHTLY));
        Map<?, ?> paused = ok(server.send("POST", "/schedules/audited/pause", ""));
        assertEquals(true, paused.get("paused"));
        assertNull(paused.get("next_at"));
        assertEquals(
                false, ok(server.send("POST", "/schedules/audited/resume", "")).get("paused"));
        Object job = ok(server.send("POST", "/schedules/audited/run", "")).get("job_id");
        assertEquals(server.schedules.runs.get(0).id().toString(), job);
        assertEquals(204, server.send("DELETE", "/schedules/audited", "").statusCode());
        for (String gone : List.of("", "/history")) {
            problem(404, "PAWL-700", server.get("/schedules/audited" + gone));
        }
        for (String gone : List.of("/pause", "/resume", "/run")) {
            problem(404, "PAWL-700", server.send("POST", "/schedules/audited" + gone, ""));
        }
        problem(404, "PAWL-700", server.send("DELETE", "/schedules/audited", ""));
        List<String> actions = server.audit.after(0, 1_000).stream()
                .map(AuditRecord::entry)
                .filter(entry -> entry.target().equals("audited") && entry.outcome() == AuditOutcome.DONE)
                .map(entry -> entry.action())
                .toList();
        assertEquals(
                List.of("schedule.put", "schedule.pause", "schedule.resume", "schedule.run", "schedule.remove"),
                actions);
    }

    @Test
    void aRunThatIsRepeatedWithItsKeyStartsOneJob() throws Exception {
        ok(put("nightly", NIGHTLY));
        for (int i = 0; i < 2; i++) {
            ok(server.send(server.request("/schedules/nightly/run")
                    .header("Idempotency-Key", "once")
                    .POST(BodyPublishers.noBody())));
        }
        assertEquals(1, server.schedules.runs.size());
    }

    @Test
    void theHistoryIsReadAPageAtATime() throws Exception {
        ok(put("nightly", NIGHTLY));
        UUID job = UUID.randomUUID();
        for (int day = 0; day < 3; day++) {
            Instant due = Jobs.CREATED.plus(Duration.ofDays(day));
            server.schedules.fire(
                    "nightly",
                    day == 1
                            ? new Fire(due, due, null, FireOutcome.SKIPPED_OVERLAP, "The job before it has not ended.")
                            : new Fire(due, due.plusMillis(4), job, FireOutcome.STARTED, ""));
        }
        Map<?, ?> first = ok(server.get("/schedules/nightly/history?limit=2"));
        Map<?, ?> skipped = (Map<?, ?>) ((List<?>) first.get("fires")).get(1);
        assertEquals("skipped_overlap", skipped.get("outcome"));
        assertFalse(skipped.containsKey("job_id"));
        assertEquals("2026-01-02T10:00:00.123+00:00", first.get("next_before"));
        Map<?, ?> second = ok(server.get("/schedules/nightly/history?limit=2&before=2026-01-02T10:00:00.123Z"));
        assertEquals(
                List.of(Map.of(
                        "due_at", "2026-01-01T10:00:00.123+00:00",
                        "fired_at", "2026-01-01T10:00:00.127+00:00",
                        "job_id", job.toString(),
                        "outcome", "started",
                        "detail", "")),
                second.get("fires"));
        assertNull(second.get("next_before"));
        assertEquals("completed", ok(server.get("/schedules/nightly")).get("last_status"));
    }

    @Test
    void timesAreShownBeforeAScheduleIsKept() throws Exception {
        Map<?, ?> shown = ok(server.send("POST", "/schedules/preview", "{\"cron\": \"@hourly\", \"count\": 2}"));
        assertEquals("At @hourly", shown.get("sentence"));
        assertEquals(List.of("2026-01-01T11:00:00.123+00:00", "2026-01-01T12:00:00.123+00:00"), shown.get("next"));
        List<?> ten = (List<?>) ok(server.send("POST", "/schedules/preview", "{\"every\": \"1h\"}"))
                .get("next");
        assertEquals(10, ten.size());
        for (String count : List.of("0", "1001", "-1", "99999999999")) {
            HttpResponse<String> refused =
                    server.send("POST", "/schedules/preview", "{\"every\": \"1h\", \"count\": " + count + "}");
            problem(400, "PAWL-300", refused);
            assertEquals("count is " + count + "; it takes 1 to 1000.", detail(refused));
        }
        problem(400, "PAWL-701", server.send("POST", "/schedules/preview", "{}"));
    }

    @Test
    void theTimesOfAllSchedulesAreReadInARange() throws Exception {
        ok(put("nightly", NIGHTLY));
        Map<?, ?> fires = ok(
                server.get("/schedules/upcoming?from=2026-01-01T00:00:00%2B01:00&to=2026-01-09T00:00:00Z&limit=5000"));
        assertEquals(
                List.of(Map.of("schedule", "nightly", "due_at", "2026-01-01T11:00:00.123+00:00")), fires.get("fires"));
        assertEquals("2025-12-31T23:00:00Z 2026-01-09T00:00:00Z 1000", server.schedules.lastUpcoming);
        ok(server.get("/schedules/upcoming"));
        String[] range = server.schedules.lastUpcoming.split(" ", -1);
        assertEquals(Instant.parse(range[0]).plus(Duration.ofDays(1)), Instant.parse(range[1]));
    }

    @Test
    void withoutThePartThatKeepsSchedulesItsAbsenceIsSaid() throws Exception {
        server.unregister(Schedules.class);
        try {
            HttpResponse<String> refused = server.get("/schedules");
            problem(503, "PAWL-603", refused);
            assertTrue(detail(refused).contains("Schedules"), detail(refused));
            problem(503, "PAWL-603", put("nightly", NIGHTLY));
        } finally {
            server.register(Schedules.class, server.schedules);
        }
    }
}

package dev.pawl.cli.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsCommandTest extends ServedCommandTest {
    private static final String OF_JOB = "/jobs/3f2a91c4/events";
    private static final String GONE = "{\"code\":\"PAWL-501\",\"detail\":\"The token has expired.\"}";

    private static String event(String name, String data, String id) {
        return "event: " + name + "\ndata: " + data + "\nid: " + id + "\n\n";
    }

    private static String job(String change, String status) {
        return "{\"change\":\"" + change + "\",\"at\":\"2026-01-01T10:00:00.000+00:00\",\"id\":\"" + Jobs.ID
                + "\",\"job_title\":\"hello\",\"module\":\"hello\",\"status\":\"" + status + "\",\"progress\":40}";
    }

    private static String end(String status) {
        return event("end", "{\"reason\":\"job_ended\",\"status\":\"" + status + "\"}", "l-9.1x");
    }

    @Test
    void aJobIsFollowedWithItsLogAndEndsWithItsOutcome() {
        String line = "{\"timestamp\":\"2026-01-01T10:00:01.000+00:00\",\"level\":\"INFO\",\"message\":\"Hello!\"}";
        server.answer(
                "GET " + OF_JOB,
                200,
                "retry: 2000\nid: l-1.0\n\n" + event("job", job("present", "running"), "l-1.0")
                        + event("log", line, "l-1.1") + event("job", job("ended", "failed"), "l-9.1") + end("failed"));

        Pawl.Outcome outcome = pawl.run("events", "--job", "3f2a91c4");

        assertEquals(1, outcome.code());
        assertTrue(outcome.lines().get(0).endsWith("job      3f2a91c4 hello running"), outcome.out());
        assertTrue(outcome.lines().get(1).endsWith("INFO    Hello!"), outcome.out());
        assertTrue(outcome.lines().get(2).endsWith("job      3f2a91c4 hello failed"), outcome.out());
        assertEquals(3, outcome.lines().size());
        assertEquals("text/event-stream", server.last("GET", OF_JOB).headers().get("accept"));
    }

    @Test
    void programsGetALineForEachEvent() {
        server.answer("GET " + OF_JOB, 200, event("job", job("ended", "completed"), "l-2.0") + end("completed"));

        Pawl.Outcome outcome = pawl.run("events", "--job", "3f2a91c4", "-o", "json");

        assertEquals(0, outcome.code());
        assertEquals(
                List.of(
                        "{\"event\":\"job\",\"id\":\"l-2.0\",\"data\":" + job("ended", "completed") + "}",
                        "{\"event\":\"end\",\"id\":\"l-9.1x\",\"data\":{\"reason\":\"job_ended\",\"status\":\"completed\"}}"),
                outcome.lines());
    }

    @Test
    void aBrokenStreamGoesOnAfterItsLastIdAndAGapIsSaid() {
        server.answer("GET /events", 200, event("job", job("started", "running"), "l-4") + ": heartbeat\nid: l-7\n\n")
                .thenAnswer(
                        "GET /events",
                        200,
                        event("reset", "{\"reason\":\"another_life\",\"sentence\":\"Read anew.\"}", "m-1"))
                .thenAnswer("GET /events", 401, GONE);

        Pawl.Outcome outcome = pawl.run("events", "--types", "job,module");

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("The server is gone; waiting for it to come back"), outcome.err());
        assertTrue(outcome.err().contains("Some events are missing here: Read anew."), outcome.err());
        assertEquals(
                List.of("", "l-7", "m-1"),
                server.requests().stream()
                        .filter(request -> request.path().equals("/events"))
                        .map(request -> request.headers().getOrDefault("last-event-id", ""))
                        .toList());
        assertEquals("/events?types=job%2Cmodule", server.last("GET", "/events").target());
    }

    @Test
    void eachTypeIsToldInWords() {
        String at = "\"at\":\"2026-01-01T10:00:00.000+00:00\"";
        server.answer(
                        "GET /events",
                        200,
                        event(
                                        "module",
                                        "{\"change\":\"rolled_back\"," + at
                                                + ",\"id\":\"hello\",\"version\":\"1.0.0\",\"former_version\":\"2.0.0\",\"by\":\"ann\"}",
                                        "l-1")
                                + event(
                                        "worker",
                                        "{\"change\":\"lost\"," + at + ",\"worker_id\":\"w1\",\"hostname\":\"box\"}",
                                        "l-2")
                                + event(
                                        "schedule",
                                        "{\"change\":\"skipped\"," + at
                                                + ",\"name\":\"nightly\",\"outcome\":\"skipped_overlap\",\"detail\":\"A job runs.\"}",
                                        "l-3")
                                + event("queue", "{\"change\":\"paused\"," + at + ",\"module\":\"hello\"}", "l-4"))
                .thenAnswer("GET /events", 401, GONE);

        Pawl.Outcome outcome = pawl.run("events");

        assertTrue(
                outcome.lines().get(0).endsWith("module   hello 1.0.0 rolled back, was 2.0.0, by ann"), outcome.out());
        assertTrue(outcome.lines().get(1).endsWith("worker   w1 lost, on box"), outcome.out());
        assertTrue(outcome.lines().get(2).endsWith("schedule nightly skipped: A job runs."), outcome.out());
        assertTrue(outcome.lines().get(3).endsWith("queue    hello paused"), outcome.out());
    }

    @Test
    void quietTellsWhatChangedByItsIdAlone() {
        server.answer("GET " + OF_JOB, 200, event("job", job("ended", "completed"), "l-2.0") + end("completed"));

        assertEquals(
                Jobs.ID + "\n",
                pawl.run("events", "--job", "3f2a91c4", "--quiet").out());
    }

    @Test
    void wrongOptionsAreNamed() {
        Pawl.Outcome types = pawl.run("events", "--types", "job,jobs");
        assertEquals(2, types.code());
        assertTrue(types.err().contains("--types is \"jobs\"; it takes some of job, module"), types.err());
        assertEquals(
                2, pawl.run("events", "--types", "job", "--job", "3f2a91c4").code());
    }

    @Test
    void anUnknownJobIsTheServersToName() {
        server.answer("GET " + OF_JOB, 404, "{\"code\":\"PAWL-301\",\"detail\":\"There is no job \\\"3f2a91c4\\\".\"}");

        Pawl.Outcome outcome = pawl.run("events", "--job", "3f2a91c4");

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("There is no job"), outcome.err());
        assertFalse(outcome.err().contains("waiting for it"), outcome.err());
    }
}

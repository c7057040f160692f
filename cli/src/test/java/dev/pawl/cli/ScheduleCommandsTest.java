package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleCommandsTest extends ServedCommandTest {

    private static final String NIGHTLY =
            "{\"name\":\"nightly\",\"cron\":\"0 3 * * 1-5\",\"time_zone\":\"Europe/Berlin\","
                    + "\"sentence\":\"At 03:00, on weekdays, Europe/Berlin\",\"job\":{\"module_id\":\"hello\","
                    + "\"inputs\":{\"name\":\"World\"},\"job_title\":\"hello\",\"priority\":0},\"overlap\":\"skip\",\"missed\":\"once\","
                    + "\"paused\":false,\"next_at\":\"2026-03-02T02:00:00.000+00:00\",\"last_at\":\"2026-02-27T02:00:00.004+00:00\","
                    + "\"last_job_id\":\"3f2a91c4-0000-4000-8000-000000000001\",\"last_status\":\"completed\","
                    + "\"changed_at\":\"2026-01-01T10:00:00.000+00:00\",\"declared_by\":{\"kind\":\"module\",\"name\":\"hello\",\"changed\":true}}";

    private static final String PAUSED = NIGHTLY.replace(
            "\"paused\":false,\"next_at\":\"2026-03-02T02:00:00.000+00:00\"", "\"paused\":true,\"next_at\":null");

    @TempDir
    private Path folder;

    private JsonNode sent() throws Exception {
        return JsonTrees.parse(server.last("PUT", "/schedules/nightly").body());
    }

    @Test
    void aScheduleIsSetWithInputsOfTheTypesThatTheModuleDeclares() throws Exception {
        server.answer("GET /modules/hello", 200, Jobs.HELLO).answer("PUT /schedules/nightly", 200, NIGHTLY);
        Pawl.Outcome set = pawl.run(
                "schedule",
                "set",
                "nightly",
                "--cron",
                "0 3 * * 1-5",
                "--zone",
                "Europe/Berlin",
                "hello",
                "-i",
                "name=World",
                "-i",
                "count=3");
        assertEquals(0, set.code(), set.err());
        assertEquals(
                List.of("Set nightly: At 03:00, on weekdays, Europe/Berlin", "Next: Mon 2026-03-02 02:00:00"),
                set.lines());
        assertEquals(
                JsonTrees.parse("{\"cron\":\"0 3 * * 1-5\",\"time_zone\":\"Europe/Berlin\","
                        + "\"job\":{\"module_id\":\"hello\",\"inputs\":{\"name\":\"World\",\"count\":3}}}"),
                sent());
    }

    @Test
    void aScheduleTakesAJobFromAFileAndEveryRule() throws Exception {
        server.answer("PUT /schedules/nightly", 200, PAUSED);
        Path file = Files.writeString(folder.resolve("job.yaml"), "tasks:\n  - module: hello\n    data: {name: Ada}\n");
        Pawl.Outcome set = pawl.run(
                ("schedule set nightly --every 90s --file " + file + " --overlap allow --missed all --jitter 5s --start"
                                + " 2026-04-01T00:00:00Z --end 2026-05-01T00:00:00Z --priority 5 -d 2h --paused")
                        .split(" ", -1));
        assertEquals(0, set.code(), set.err());
        assertTrue(set.out().contains("pawl schedule resume nightly"), set.out());
        assertEquals(
                JsonTrees.parse(
                        "{\"every\":\"90s\",\"start_at\":\"2026-04-01T00:00:00Z\",\"end_at\":\"2026-05-01T00:00:00Z\","
                                + "\"job\":{\"tasks\":[{\"module\":\"hello\",\"data\":{\"name\":\"Ada\"}}],"
                                + "\"max_duration\":\"2h\",\"priority\":5},"
                                + "\"overlap\":\"allow\",\"missed\":\"all\",\"jitter\":\"5s\",\"paused\":true}"),
                sent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedule",
                "schedule set",
                "schedule set nightly hello",
                "schedule set nightly --cron @daily",
                "schedule set nightly --cron @daily --every 1h hello",
                "schedule set nightly --every soon hello",
                "schedule set nightly --every 1h --jitter soon hello",
                "schedule set nightly --every 1h --start tomorrow hello",
                "schedule set nightly --every 1h --priority 5000 hello",
                "schedule next",
                "schedule next nightly --cron @daily",
                "schedule next nightly -n 0",
                "schedule history",
                "schedule history nightly -n 1001",
                "schedule history nightly --before yesterday",
                "schedule upcoming --from now",
                "schedule show"
            })
    void wrongUsageAsksNoServer(String line) {
        Pawl.Outcome refused = pawl.run(line.split(" ", -1));
        assertEquals(2, refused.code(), refused.out());
        assertFalse(refused.err().isEmpty());
        assertEquals(List.of(), server.requests());
    }

    @Test
    void theListFitsATerminalAndNamesPagesToCome() {
        String other = NIGHTLY.replace("\"nightly\"", "\"a-very-long-name-of-a-schedule-that-somebody-gave-it-once\"");
        server.answer(
                "GET /schedules",
                200,
                "{\"schedules\":[" + other + "," + PAUSED + "],\"next_cursor\":\"nightly\",\"limit\":100}");
        Pawl.Outcome list = pawl.run("schedule", "list");
        assertTrue(list.lines().stream().allMatch(line -> line.length() <= 80), list.out());
        assertTrue(
                list.lines().get(1).contains("Mar 2 02:00")
                        && list.lines().get(1).contains("completed"),
                list.out());
        assertTrue(list.lines().get(2).contains("paused"), list.out());
        assertTrue(list.err().contains("--cursor nightly"), list.err());
        assertEquals("nightly", pawl.run("schedule", "list", "--quiet").lines().get(1));
        assertEquals("/schedules?limit=100", server.last("GET", "/schedules").target());
    }

    @Test
    void aScheduleIsShownInFull() {
        server.answer("GET /schedules/nightly", 200, NIGHTLY);
        String shown = pawl.run("schedule", "show", "nightly").out().replaceAll(" +", " ");
        assertTrue(shown.contains("When At 03:00, on weekdays, Europe/Berlin"), shown);
        assertTrue(shown.contains("Next Mon 2026-03-02 02:00:00"), shown);
        assertTrue(shown.contains("Inputs {\"name\":\"World\"}"), shown);
        assertTrue(shown.contains("Declared by module hello, changed by hand since"), shown);
        assertEquals(
                NIGHTLY + "\n",
                pawl.run("schedule", "show", "nightly", "-o", "json").out());
        assertEquals(
                "nightly\n", pawl.run("schedule", "show", "nightly", "--quiet").out());
    }

    @Test
    void aScheduleIsPausedResumedRunAndRemoved() {
        server.answer("POST /schedules/nightly/pause", 200, PAUSED)
                .answer("POST /schedules/nightly/resume", 200, NIGHTLY)
                .answer("POST /schedules/nightly/run", 200, "{\"job_id\":\"" + Jobs.ID + "\"}")
                .answer("DELETE /schedules/nightly", 204, "");
        assertEquals(
                "Paused nightly.\n", pawl.run("schedule", "pause", "nightly").out());
        assertEquals(
                "Resumed nightly; next: Mon 2026-03-02 02:00:00.\n",
                pawl.run("schedule", "resume", "nightly").out());
        assertEquals(Jobs.ID + "\n", pawl.run("schedule", "run", "nightly").out());
        assertEquals("Removed nightly.\n", pawl.run("schedule", "rm", "nightly").out());
        assertEquals(
                "Removed nightly.\n", pawl.run("schedule", "remove", "nightly").out());
    }

    @Test
    void theHistoryShowsJobsAndReasons() {
        server.answer(
                "GET /schedules/nightly/history",
                200,
                "{\"fires\":[{\"due_at\":\"2026-03-01T02:00:00.000+00:00\",\"fired_at\":\"2026-03-01T02:00:00.004+00:00\","
                        + "\"outcome\":\"skipped_overlap\",\"detail\":\"The job before it has not ended.\"},"
                        + "{\"due_at\":\"2026-02-27T02:00:00.000+00:00\",\"fired_at\":\"2026-02-27T02:00:00.004+00:00\","
                        + "\"job_id\":\"" + Jobs.ID + "\",\"outcome\":\"started\",\"detail\":\"\"}],"
                        + "\"next_before\":\"2026-02-27T02:00:00.000+00:00\",\"limit\":2}");
        Pawl.Outcome history = pawl.run("schedule", "history", "nightly", "-n", "2");
        assertEquals(
                "02:00:00      skipped_overlap  -         The job before it has not ended.",
                history.lines().get(1));
        assertEquals(
                "Feb 27 02:00  started          3f2a91c4",
                history.lines().get(2).strip());
        assertTrue(history.err().contains("--before 2026-02-27T02:00:00.000+00:00"), history.err());
        assertEquals(
                List.of(Jobs.ID),
                pawl.run("schedule", "history", "nightly", "--quiet").lines());
    }

    @Test
    void timesAreShownOfARuleAndOfASchedule() throws Exception {
        server.answer("GET /schedules/nightly", 200, NIGHTLY)
                .answer(
                        "POST /schedules/preview",
                        200,
                        "{\"sentence\":\"At 03:00, on weekdays\",\"next\":[\"2026-03-02T02:00:00.000+00:00\"]}");
        List<String> shown = List.of("At 03:00, on weekdays", "Mon 2026-03-02 02:00:00");
        assertEquals(
                shown,
                pawl.run("schedule", "next", "--cron", "0 3 * * 1-5", "-n", "1").lines());
        assertEquals(
                "{\"cron\":\"0 3 * * 1-5\",\"count\":1}",
                server.last("POST", "/schedules/preview").body());
        assertEquals(shown, pawl.run("schedule", "preview", "nightly").lines());
        assertEquals(
                "{\"cron\":\"0 3 * * 1-5\",\"time_zone\":\"Europe/Berlin\",\"count\":10}",
                server.last("POST", "/schedules/preview").body());
    }

    @Test
    void theTimesOfAllSchedulesAreListed() {
        server.answer(
                "GET /schedules/upcoming",
                200,
                "{\"fires\":[{\"schedule\":\"nightly\",\"due_at\":\"2026-03-02T02:00:00.000+00:00\"}],\"limit\":100}");
        Pawl.Outcome upcoming = pawl.run("schedule", "upcoming", "--to", "2026-03-03T00:00:00Z");
        assertEquals("Mon 2026-03-02 02:00:00  nightly", upcoming.lines().get(1));
        assertEquals(
                "/schedules/upcoming?limit=100&to=2026-03-03T00%3A00%3A00Z",
                server.last("GET", "/schedules/upcoming").target());
        assertEquals(
                List.of("nightly"), pawl.run("schedule", "upcoming", "--quiet").lines());
    }

    @Test
    void aRefusalIsShownWithItsRemedy() {
        server.answer(
                "GET /schedules/none",
                404,
                "{\"code\":\"PAWL-700\",\"detail\":\"There is no schedule \\\"none\\\".\",\"remedy\":\"List them.\"}");
        Pawl.Outcome refused = pawl.run("schedule", "show", "none");
        assertEquals(1, refused.code());
        assertTrue(
                refused.err().contains("no schedule \"none\"") && refused.err().contains("List them."), refused.err());
    }
}

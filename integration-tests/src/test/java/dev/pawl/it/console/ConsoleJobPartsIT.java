package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.formed.FormedModule;
import dev.pawl.it.modules.migrating.MigratingModule;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of a job's page: its runs and tasks, what it was given, its failure and the ways to go on, and the ways to get there. */
@NeedsProgram("chromium")
class ConsoleJobPartsIT extends ConsoleCase {

    private static final String SECRET = "sesame-of-the-job";

    @Test
    void theRunsOfAJobThatMovesAreDrawnWithTheirVersionsAndItsFailureSaysWhatToDo() throws Exception {
        api.upload(ModuleJar.of(MigratingModule.class, "2.0.0", folder), "").expect(200);
        String job = api.start("migrating", Map.of("steps", 100_000, "fragile", true));
        Eventually.eventually("it runs", () -> api.results(job).size() > 2);
        console.open("jobs/" + job);
        console.awaitText("on worker");
        api.upload(ModuleJar.of(MigratingModule.class, "3.0.0", folder), "?mode=move")
                .expect(200);
        console.awaitText("It failed in phase initialize");
        console.awaitText("What to do:");
        console.awaitText("pawl module rollback migrating --to 2.0.0");
        console.awaitText("2 runs, 1 task");
        String runs = console.value("document.querySelector('.runs').innerText")
                .asText()
                .replaceAll("\\s+", " ");
        assertTrue(
                runs.matches(".*#1 .*module update.*migrating 2\\.0\\.0 on .*#2 .*failed.*migrating 3\\.0\\.0 on .*"),
                runs);
        console.assertSound("a job that has moved");
        console.picture("job-runs");
        console.open("jobs/" + job + "?tab=checkpoint");
        console.awaitText("place_2");
    }

    @Test
    void aJobOfSeveralTasksIsRetriedFromTheOneThatFailed() throws Exception {
        api.upload(ModuleJar.of(NoisyModule.class, "1.4.0", folder), "").expect(200);
        String job = api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "two tasks",
                                "tasks",
                                List.of(
                                        Map.of("module", "noisy", "data", Map.of("lines", 2)),
                                        Map.of("module", "noisy", "data", Map.of("lines", 2, "fail", true)))))
                .expect(200)
                .get("id")
                .asText();
        api.awaitEnd(job);
        console.open("jobs/" + job);
        console.awaitText("in phase run of task 2, noisy");
        console.awaitText("1 noisy ✓");
        console.press("Retry otherwise");
        assertEquals(
                "1", console.value("document.querySelector('#from-task').value").asText());
        console.type("#retry-inputs", "{\"lines\": 2, \"fail\": false}");
        console.press("Start new job");
        console.await("the new job is shown", "!location.pathname.endsWith('" + job + "')");
        console.awaitText("retry of " + job.substring(0, 8));
        String retried = console.place().replaceAll(".*/jobs/|[?#].*", "");
        assertEquals("completed", api.awaitEnd(retried).get("status").asText());
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void secretsAreMaskedAndAViewerIsOfferedNothing() throws Exception {
        api.upload(ModuleJar.of(FormedModule.class, "1.0.0", folder), "").expect(200);
        api.json("PUT", "/modules/formed/settings", Map.of("password", SECRET, "level", 3))
                .expect(200);
        String job = api.start("formed", Map.of("title", "masked", "key", SECRET));
        api.awaitEnd(job);
        api.post("/queue", Map.of("job_title", "far", "tasks", List.of(Map.of("module", "nowhere", "data", Map.of()))))
                .expect(200);
        String waiting = api.get("/jobs?q=far").expect(200).at("/jobs/0/id").asText();
        console.open("jobs/" + job + "?tab=inputs");
        console.awaitText("********");
        assertFalse(console.value("document.documentElement.outerHTML").asText().contains(SECRET));

        asRole("viewer");
        for (String place : List.of(job, job + "?tab=inputs", job + "?tab=artifacts", waiting)) {
            console.open("jobs/" + place);
            console.awaitText("requested");
            assertFalse(
                    controls().matches(".*(Stop|Retry|Run again|Remove|Start it now).*"), place + ": " + controls());
        }
        assertFalse(console.value("document.documentElement.outerHTML").asText().contains(SECRET));
        console.key("?");
        console.awaitText("Keyboard shortcuts");
        String sheet =
                console.value("document.querySelector('dialog').innerText").asText();
        assertTrue(sheet.contains("Back to the list") && !sheet.contains("Stop"), sheet);
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void thePaletteLeadsToAJobByItsIdAndToModulesSchedulesPagesAndActions() throws Exception {
        String job = api.start("hello", Map.of("name", "a"));
        api.awaitEnd(job);
        api.json(
                        "PUT",
                        "/schedules/nightly-report",
                        Map.of("cron", "0 3 * * *", "job", Map.of("module_id", "hello", "inputs", Map.of("name", "a"))))
                .expect(200);
        assertLeads(job.substring(0, 13), "completed", "/console/jobs/" + job);
        assertLeads("new job of hello", "New job of Hello World", "/console/new?module=hello");
        assertLeads("nightly", "nightly-report", "/console/schedules/nightly-report");
        assertLeads("queue", "Queue and workers", "/console/queue");
        assertLeads("failed jobs", "Failed jobs of the last day", "/console/jobs?status=failed&since=24h");
        assertEquals(List.of(), console.complaints());
    }

    private void assertLeads(String typed, String found, String place) throws Exception {
        console.open("design");
        console.key("k", 2);
        console.type("[role=combobox]", typed);
        console.await(
                found + " is found first",
                "document.querySelector('[role=option][aria-selected=true]')?.innerText.includes('" + found + "')");
        console.key("Enter");
        Eventually.eventually(
                "it leads to " + place,
                () -> console.place().replace("%2C", ",").equals(place));
    }
}

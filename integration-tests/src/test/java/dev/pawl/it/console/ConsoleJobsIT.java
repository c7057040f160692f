package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The overview and the list of jobs, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleJobsIT extends NoisyConsole {

    private static final String HOSTILE = "<img src=x onerror=window.hurt=1>";

    @Test
    void theOverviewShowsWhatRunsAndWaitsAndFailsAsItHappens() throws Exception {
        console.open("");
        console.awaitText("Last hour");
        String running = noisy("overview run", Map.of("lines", 600, "pause_ms", 100));
        console.awaitText("overview run");
        console.await(
                "its progress moves",
                "[...document.querySelectorAll('.running-row')].some(row => row.innerText.includes('overview run') && row.querySelector('progress').value > 0)");
        noisy("overview failure", Map.of("lines", 2, "fail", true, "text", HOSTILE));
        console.awaitText("No such file: " + HOSTILE);
        api.post("/modules/hello/pause", Map.of()).expect(200);
        api.start("hello", Map.of("name", "w"));
        console.await("the reason stands there", "document.querySelector('.waiting-row')");
        api.post("/modules/hello/resume", Map.of()).expect(200);
        console.await("nothing waits any more", "!document.querySelector('.waiting-row')");

        console.press("Pause the queue");
        console.press("Pause queue");
        console.awaitText("The queue is paused: no job starts.");
        assertTrue(api.get("/queue").expect(200).at("/attributes/disabled").asBoolean());
        console.press("Let the queue go on");
        console.press("Go on");
        console.await("it goes on", "!document.body.innerText.includes('The queue is paused')");

        api.post("/jobs/" + running + "/stop", Map.of()).expect(200);
        console.await(
                "it runs no more",
                "![...document.querySelectorAll('.running-row')].some(row => row.innerText.includes('overview run'))");
        console.assertSound("the overview");
        assertUnhurt();
    }

    @Test
    void theAddressIsTheOnlyStateOfTheList() throws Exception {
        List<String> failed = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            failed.add(noisy("filtered " + n, Map.of("lines", 1, "fail", true)));
        }
        failed.forEach(api::awaitEnd);
        console.open("jobs?q=filtered");
        console.await("three rows", "document.querySelectorAll('.grid-row').length === 3");
        console.press("failed");
        console.await("the address says it", "location.search.includes('status=failed')");
        console.value("history.back()");
        console.await("back is back", "!location.search.includes('status')");
        console.type("input[type=search]", "filtered 2");
        console.await("one row", "document.querySelectorAll('.grid-row').length === 1");
        console.open(console.place().substring("/console/".length()));
        console.await("a reload keeps it", "document.querySelectorAll('.grid-row').length === 1");
        console.open("jobs?q=nothing-has-this-name");
        console.awaitText("No job matches");
        console.press("Show all jobs");
        console.await("all rows", "document.querySelectorAll('.grid-row').length > 2");
        console.assertSound("the list of jobs");
    }

    @Test
    void oneSomeOrAllThatMatchAreActedOnAfterADryRun() throws Exception {
        List<String> jobs = IntStream.range(0, 12)
                .mapToObj(n -> noisy("bulk " + n, Map.of("lines", 1, "fail", true)))
                .toList();
        jobs.forEach(api::awaitEnd);
        console.open("jobs?q=bulk&status=failed");
        console.await("all rows", "document.querySelectorAll('.grid-row').length === 12");
        console.value("document.querySelector('.grid-row input').click()");
        console.awaitText("1 job selected");
        console.press("Remove");
        console.awaitText("This removes 1 job");
        console.press("Remove 1 job");
        console.awaitText("1 job was removed.");
        assertEquals(404, api.get("/jobs/" + jobs.get(11)).status());

        console.await("eleven rows", "document.querySelectorAll('.grid-row').length === 11");
        console.value("document.querySelector('.grid-row input').click()");
        console.press("Select all");
        console.awaitText("that match");
        console.press("Retry");
        console.awaitText("This retries 11 jobs");
        console.assertSound("the question");
        console.press("Retry 11 jobs");
        console.awaitText("11 jobs were retried.");
        Eventually.eventually("the new ones have failed too", () -> counted("bulk", "failed") == 22);
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void theKeyboardAloneGoesThroughTheList() throws Exception {
        String job = noisy("by keyboard", Map.of("lines", 200, "pause_ms", 100));
        console.open("jobs?q=by keyboard");
        console.await("one row", "document.querySelectorAll('.grid-row').length === 1");
        console.key("j");
        console.await("it is active", "document.querySelector('.grid-row.here')");
        console.key("s");
        console.awaitText("This stops 1 job");
        console.press("Stop 1 job");
        console.awaitText("1 job was stopped.");
        assertEquals("stopped", api.status(job));
        console.key("?");
        console.awaitText("Keyboard shortcuts");
        console.assertSound("the sheet of shortcuts");
        console.press("Close");
        console.key("k", 2);
        console.type("[role=combobox]", "by keyboard");
        console.await("the palette has found it", "document.querySelector('[role=option] .status')");
        console.assertSound("the palette");
        console.key("Enter");
        console.await("it leads there", "location.pathname.endsWith('" + job + "')");
        console.await("the palette is closed", "!document.querySelector('dialog')");
        console.key("g");
        console.key("o");
        console.await("g o leads to the overview", "location.pathname === '/console/'");
    }

    @Test
    void hostileTitlesAreTexts() throws Exception {
        noisy(HOSTILE, Map.of("lines", 1, "results", 1, "text", HOSTILE));
        console.open("jobs");
        console.awaitText(HOSTILE);
        assertEquals(0, console.count("main img"));
        assertUnhurt();
    }

    private static void assertUnhurt() {
        assertTrue(console.value("window.hurt === undefined").asBoolean(), "a text was run");
    }

    private static int counted(String text, String status) {
        return api.get("/jobs/counts?q=" + text)
                .expect(200)
                .at("/counts/" + status)
                .asInt();
    }

    private static String noisy(String title, Map<String, ?> inputs) {
        return api.post(
                        "/jobs",
                        Map.of("job_title", title, "tasks", List.of(Map.of("module", "noisy", "data", inputs))))
                .expect(200)
                .get("id")
                .asText();
    }
}

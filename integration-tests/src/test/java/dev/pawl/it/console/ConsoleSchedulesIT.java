package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pages of schedules, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleSchedulesIT extends ConsoleCase {

    private static final int MANY = 1_100;

    @Test
    void aScheduleIsMadeWithItsNextTimesInViewAndIsRunPausedChangedAndRemoved() throws Exception {
        console.tab().send("Emulation.setTimezoneOverride", Map.of("timezoneId", "America/New_York"));
        console.open("schedules");
        console.awaitText("There is no schedule yet");
        console.press("New schedule");
        console.type("#schedule-name", "nightly");
        console.type("#schedule-cron", "0 3 * *");
        console.await("what is wrong is said", "document.querySelector('.new-json .trouble')");
        console.type("#schedule-cron", "0 3 * * 1-5");
        console.type("#schedule-time_zone", "Asia/Tokyo");
        console.awaitText("At 03:00, on weekdays, Asia/Tokyo");
        assertEquals(10, console.count(".new-json tbody tr"));
        assertTrue(console.value("document.querySelector('.new-json tbody tr').innerText")
                .asText()
                .matches("(?s).*1[34]:00:00.*03:00:00.*"));
        console.value(
                "(() => { const field = document.querySelector('#schedule-module'); field.value = 'hello'; field.dispatchEvent(new Event('change')); })()");
        console.type("#schedule-input-name", "<i>Zoë</i>");
        console.press("Save schedule");
        Eventually.eventually("its page is shown", () -> console.place().equals("/console/schedules/nightly"));
        JsonNode kept = api.get("/schedules/nightly").expect(200);
        assertEquals("Asia/Tokyo", kept.get("time_zone").asText());
        assertEquals("<i>Zoë</i>", kept.at("/job/inputs/name").asText());
        console.assertSound("schedule");

        console.press("Run now");
        console.awaitText("A job was started.");
        console.await("it is in the history", "document.querySelector('tbody a[href*=\"/jobs/\"]')");
        console.press("Pause");
        console.awaitText("It is paused.");
        console.press("Resume");
        console.awaitText("Its jobs start again.");
        console.press("Edit");
        console.type("#schedule-cron", "*/30 * * * *");
        console.awaitText("Every 30 minutes");
        console.press("Save schedule");
        Eventually.eventually("it is changed", () -> api.get("/schedules/nightly")
                .expect(200)
                .get("cron")
                .asText()
                .equals("*/30 * * * *"));
        console.open("schedules");
        console.awaitText("The week ahead");
        assertTrue(console.count(".week td") >= 7 * 24);
        console.open("schedules/nightly");
        console.press("Remove");
        console.press("Remove schedule");
        Eventually.eventually("the list is shown", () -> console.place().equals("/console/schedules"));
        assertEquals(404, api.get("/schedules/nightly").status());
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void eachOfMoreSchedulesThanAPageHasIsFoundByThePalette() throws Exception {
        List<Map<String, Object>> many = IntStream.range(0, MANY)
                .mapToObj(n -> Map.<String, Object>of(
                        "name",
                        String.format("job-%04d", n),
                        "every",
                        "1h",
                        "paused",
                        true,
                        "job",
                        Map.of("module_id", "hello", "inputs", Map.of("name", "a"))))
                .toList();
        api.post("/schedules/apply", Map.of("set", "many", "schedules", many)).expect(200);
        console.open("design");
        console.key("k", 2);
        console.type("[role=combobox]", "job-1099");
        console.await(
                "the last one is found, and first",
                "document.querySelector('[role=option][aria-selected=true]')?.innerText.includes('job-1099')");
        console.key("Enter");
        Eventually.eventually("it leads there", () -> console.place().equals("/console/schedules/job-1099"));
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aChangeMeanwhileIsNotOverwritten() throws Exception {
        api.json(
                        "PUT",
                        "/schedules/often",
                        Map.of("every", "1h", "job", Map.of("module_id", "hello", "inputs", Map.of("name", "a"))))
                .expect(200);
        console.open("schedules/often?edit=1");
        console.type("#schedule-every", "2h");
        api.json(
                        "PUT",
                        "/schedules/often",
                        Map.of("every", "3h", "job", Map.of("module_id", "hello", "inputs", Map.of("name", "b"))))
                .expect(200);
        console.awaitText("The schedule was changed meanwhile");
        assertEquals(
                "2h",
                console.value("document.querySelector('#schedule-every').value").asText());
        console.press("Save schedule");
        console.await("it is refused", "document.querySelector('pawl-schedule-editor .trouble')");
        assertEquals("3h", api.get("/schedules/often").expect(200).get("every").asText());
    }
}

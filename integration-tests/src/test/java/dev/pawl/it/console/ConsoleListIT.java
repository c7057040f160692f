package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order and the range of time of the list of jobs, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleListIT extends ConsoleCase {

    @Override
    void furnish() throws Exception {
        for (int n = 1; n <= 3; n++) {
            api.awaitEnd(hello("job " + n));
        }
    }

    @BeforeEach
    void lookAtAScreen() throws Exception {
        console.look(1280, 900, "light");
    }

    @Test
    void theHeadingAndTheKeyLeadToTheOtherEndAndNewJobsDoNotComeInAtTheWrongOne() throws Exception {
        console.open("jobs");
        console.await("the newest first", first("job 3"));
        console.press("Requested");
        console.await("the oldest first", first("job 1"));
        assertTrue(console.place().endsWith("?sort=-created"));
        hello("job 4");
        console.press("1 new");
        console.await("the newest first again, with the new one", first("job 4"));
        console.key("G");
        console.await("the oldest first", first("job 1"));
        console.press("Jump to the newest");
        console.await("the newest first", first("job 4"));
        console.assertSound("the list");
    }

    @Test
    void anyRangeOfTimeIsAskedForAndStandsInTheAddress() throws Exception {
        String second =
                api.get("/jobs?q=job%202").expect(200).at("/jobs/0/created_at").asText();
        console.open("jobs");
        console.await("all", "document.querySelectorAll('.grid-row').length === 3");
        ask();
        console.type("#since", "2026-01-02T10:00:00");
        console.type("#until", "2026-01-02T10:00:00");
        console.press("Show these jobs");
        console.awaitText("The end is not after the beginning.");
        console.assertSound("the range");
        console.picture("jobs-range");
        console.type("#until", "2026-01-03T10:00:00");
        console.press("Show these jobs");
        console.awaitText("No job matches");
        assertTrue(console.place().contains("since=2026-01-02T"), console.place());
        ask();
        console.press("Cancel");
        console.await(
                "the field shows what holds",
                "document.querySelector('select[aria-label=\"Time of the request\"]').value === 'own'");
        console.open("jobs?since=" + second);
        console.await("from the second on", "document.querySelectorAll('.grid-row').length === 2");
        console.open("jobs?until=" + second);
        console.await("before the second", "document.querySelectorAll('.grid-row').length === 1");
        console.await(
                "the field says so",
                "document.querySelector('select[aria-label=\"Time of the request\"]').selectedOptions[0].text.startsWith('Before ')");
        console.open("jobs?since=yesterday");
        console.awaitText("yesterday");
        console.await("the server says what is wrong", "document.querySelector('main').innerText.includes('since')");
        assertEquals(List.of(), console.complaints());
    }

    private void ask() {
        console.value(
                "(field => { field.value = 'ask'; field.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector('select[aria-label=\"Time of the request\"]'))");
    }

    private static String first(String title) {
        return "document.querySelector('.grid-row a')?.innerText === '" + title + "'";
    }

    private String hello(String title) {
        return api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                title,
                                "tasks",
                                List.of(Map.of("module", "hello", "data", Map.of("name", "World")))))
                .expect(200)
                .get("id")
                .asText();
    }
}

package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import dev.pawl.it.server.StoreFile;
import dev.pawl.testkit.NeedsProgram;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of a job with its log, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleJobIT extends NoisyConsole {

    /** The most seconds of a processor that a page may take for moving through a million lines; one is usual. */
    private static final double MOST_CPU_S = 5;

    private static final String HOSTILE = "<script>window.hurt=1</script>";
    private static final int LONG = 1_000_000;

    @Test
    void aRunningJobIsFollowedAndStopped() throws Exception {
        String job = noisy("to be stopped", Map.of("lines", 2_000, "pause_ms", 50));
        console.open("jobs/" + job);
        console.await("lines come", "document.querySelectorAll('.log-row.info').length > 20");
        long seen = lastLine();
        console.await(
                "it follows",
                "Math.max(...[...document.querySelectorAll('.log-row')].map(row => Number(row.dataset.sequence))) > "
                        + seen + " + 20");
        console.await("the page knows", "document.querySelector('main h1 + .status').innerText === 'running'");
        console.value("document.querySelector('.log-scroll').focus()");
        console.key("Home");
        console.await(
                "Home stops following",
                "[...document.querySelectorAll('.log-bar button')].find(each => each.innerText.includes('Follow')).getAttribute('aria-pressed') === 'false'");
        console.await("new lines wait", "document.querySelector('.log-new')");
        console.assertSound("the log");
        console.press("Stop job");
        console.awaitText("It is asked to end");
        assertEquals(
                "Keep running",
                console.value("document.activeElement.innerText").asText(),
                "the harmless button has the focus");
        console.picture("stop");
        console.value(
                "[...document.querySelectorAll('dialog button')].find(each => each.innerText === 'Stop job').click()");
        console.awaitText("The job was stopped.");
        assertEquals("stopped", api.awaitEnd(job).get("status").asText());
        console.await("the page says so", "document.querySelector('main h1 + .status').innerText === 'stopped'");
        console.press("Retry");
        console.await("a new job is shown", "!location.pathname.endsWith('" + job + "')");
        console.press("Stop job");
        console.value(
                "[...document.querySelectorAll('dialog button')].find(each => each.innerText === 'Stop job').click()");
        console.awaitText("stopped");
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aFailureIsShownWithItsStackAndRetriedWithOtherInputs() throws Exception {
        String job = noisy("to be retried", Map.of("lines", 40, "text", HOSTILE, "fail", true));
        api.awaitEnd(job);
        console.open("jobs/" + job);
        console.awaitText("It failed in phase run");
        console.awaitText("No such file: " + HOSTILE);
        console.press("Stack");
        console.await("the stack unfolds", "document.querySelector('.stack-text').innerText.includes('NoisyModule')");
        console.assertSound("a failed job");
        console.press("Retry otherwise");
        console.type("#retry-inputs", "{\"lines\": 3,");
        console.press("Start new job");
        console.awaitText("This is not JSON");
        console.type("#retry-inputs", "{\"lines\": 3, \"text\": \"fine\", \"fail\": false, \"wrong\": 1}");
        console.press("Start new job");
        console.await(
                "the server's words stand in the dialog",
                "document.querySelector('dialog .trouble')?.innerText.includes('wrong')");
        console.assertSound("the retry");
        console.type("#retry-inputs", "{\"lines\": 3}");
        console.press("Start new job");
        console.awaitText("cannot be left out, only changed");
        console.type("#retry-inputs", "{\"lines\": 3, \"text\": \"fine\", \"fail\": false}");
        console.press("Start new job");
        console.await("the new job is shown", "!location.pathname.endsWith('" + job + "')");
        console.await("it completes", "document.querySelector('main h1 + .status')?.innerText === 'completed'");
        assertEquals(List.of(), console.complaints());
        assertTrue(console.value("window.hurt === undefined").asBoolean());
    }

    @Test
    void resultsInputsFilesAndCheckpointAreShownAsTexts() throws Exception {
        String job = noisy("with everything", Map.of("lines", 1_000, "results", 25, "text", HOSTILE));
        api.awaitEnd(job);
        console.open("jobs/" + job + "?tab=results");
        console.awaitText("25 results");
        console.awaitText("9007199254740993"); // 2^53 + 1, which a double does not hold
        console.assertSound("results");
        console.value("document.querySelector('.grid-row').click()");
        console.awaitText("Result 1");
        console.press("Close");
        console.press("JSON");
        console.await("the tree is there", "document.querySelector('pawl-json .tree-key')");
        console.open("jobs/" + job + "?tab=inputs");
        console.awaitText(HOSTILE);
        console.assertSound("inputs");
        console.open("jobs/" + job + "?tab=checkpoint");
        console.awaitText("line: 1000");
        console.assertSound("checkpoint");
        console.open("jobs/" + job + "?tab=artifacts");
        console.await("the picture is drawn", "document.querySelector('.file img')?.naturalWidth > 0");
        console.press("Show notes.txt");
        console.awaitText("Made of " + HOSTILE);
        console.press("Close");
        console.press("Show picture.svg");
        console.assertSound("a picture");
        assertTrue(console.value("window.hurt === undefined").asBoolean(), "a picture's script ran");
    }

    @Test
    @Tag("sqlite")
    void aLogOfAMillionLinesIsReadSearchedAndLinkedWithoutHoldingThePageUp() throws Exception {
        String job = noisy("a long log", Map.of("lines", 3));
        api.awaitEnd(job);
        server.close();
        lengthen(job); // a server keeps 100,000 lines of a job
        restart();
        long began = System.nanoTime();
        console.open("jobs/" + job);
        console.await(
                "the end is shown",
                "[...document.querySelectorAll('.log-row')].some(row => Number(row.dataset.sequence) >= " + LONG
                        + " && !row.classList.contains('unread'))");
        System.getLogger("console")
                .log(
                        System.Logger.Level.INFO,
                        "A log of a million lines was there after {0} ms",
                        (System.nanoTime() - began) / 1_000_000);
        assertTrue(console.count(".log-row") < 150, "only the lines in sight are in the page");
        double taken = console.processor();
        console.value("document.querySelector('.log-scroll').focus()");
        for (int n = 0; n < 10; n++) {
            console.key("PageUp");
        }
        console.key("Home");
        console.await(
                "the first line is shown", "document.querySelector('.log-row[data-sequence=\"1\"]:not(.unread)')");
        console.value(
                "(() => { const pane = document.querySelector('.log-scroll'); pane.scrollTop = (pane.scrollHeight - pane.clientHeight) / 2; })()");
        console.await(
                "the middle is shown",
                "[...document.querySelectorAll('.log-row:not(.unread)')].some(row => Math.abs(Number(row.dataset.sequence) - 500000) < 2000)");
        console.type(".log-find", "step 654321 of");
        console.await(
                "the one hit is found and shown",
                "document.querySelector('.log-row.hit mark') && document.querySelector('.log-row.hit').dataset.sequence === '654321'");
        console.awaitText("1 of 1");
        double seconds = console.processor() - taken;
        assertTrue(seconds > 0 && seconds < MOST_CPU_S, "the page took " + seconds + " s of a processor");

        console.open("jobs/" + job + "?tab=log#L500000");
        console.await(
                "the linked line is shown and marked",
                "document.querySelector('.log-row.linked')?.dataset.sequence === '500000'");
        assertEquals(0, console.count(".log-bar [aria-pressed=true]"));
        console.value(
                "document.querySelector('.log-row[data-sequence=\"500003\"] .log-number').dispatchEvent(new MouseEvent('click', {bubbles: true, shiftKey: true}))");
        console.awaitText("Copy 4 lines");
        assertTrue(console.place().endsWith("#L500000-500003"));
        console.value(
                "(() => { const level = document.querySelector('select[aria-label=Level]'); level.value = 'ERROR'; level.dispatchEvent(new Event('change')); })()");
        console.await(
                "errors alone are shown",
                "[...document.querySelectorAll('.log-row')].every(row => row.classList.contains('error')) && document.querySelector('.log-foot').innerText.includes('1,000')");
        console.assertSound("a long log");
        console.look(1280, 900, "dark");
        console.picture("log-dark");
        console.renew("log-dark");
        console.look(1280, 900, "light");
    }

    private static void restart() throws Exception {
        console.close();
        server = Server.start(folder.resolve("data"));
        api = server.api();
        console = ConsoleTab.signedIn(server, folder.resolve("profile-" + System.nanoTime()));
    }

    /** Gives a job a log of a million lines. */
    private static void lengthen(String job) throws SQLException {
        try (Connection store = StoreFile.open(folder.resolve("data"));
                Statement change = store.createStatement()) {
            String seq = "(SELECT seq FROM jobs WHERE hex(id) = '"
                    + job.replace("-", "").toUpperCase(Locale.ROOT) + "')";
            change.executeUpdate("DELETE FROM log_lines WHERE job = " + seq);
            change.executeUpdate(
                    "INSERT INTO log_lines (job, n, at, level, task_index, epoch, message) WITH RECURSIVE lines (n) AS"
                            + " (SELECT 1 UNION ALL SELECT n + 1 FROM lines WHERE n < " + LONG + ") SELECT " + seq
                            + ", n, (SELECT started_at FROM jobs WHERE seq = " + seq
                            + ") + n, CASE WHEN n % 1000 = 0 THEN 'ERROR' ELSE 'INFO' END, 0, 1,"
                            + " 'encode step ' || n || ' of a long way' FROM lines");
            change.executeUpdate("UPDATE jobs SET lines = " + LONG + " WHERE seq = " + seq);
        }
    }

    private static long lastLine() {
        return console.value(
                        "Math.max(...[...document.querySelectorAll('.log-row')].map(row => Number(row.dataset.sequence)))")
                .asLong();
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

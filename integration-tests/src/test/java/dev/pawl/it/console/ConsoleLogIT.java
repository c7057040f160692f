package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Works with a log as a person does: finds, filters, marks with the mouse and copies, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleLogIT extends NoisyConsole {

    private static final int LINES = 12_000;
    private static final String RED = "\u001b[31mred";

    private static String job;

    @BeforeAll
    static void writeLog() throws Exception {
        job = noisy("a log", Map.of("lines", LINES));
        api.awaitEnd(job);
        console.look(1280, 900, "light");
    }

    @Test
    void hitsAreMarkedAlongTheBarAndAMarkLeadsToItsHit() throws Exception {
        openLog("");
        console.type(".log-find", "step 9001 of");
        console.await("it is shown", "document.querySelector('.log-row.hit')?.dataset.sequence === '9001'");
        assertEquals(1, marks("hits"));
        assertEquals(1, marks("now"));
        console.type(".log-find", "fps=");
        console.awaitText("of 2,400");
        assertTrue(marks("hits") > 300, "one mark where hits are near to each other");
        JsonNode bar = console.value(
                "(box => ({x: box.x + box.width / 2, y: box.y + box.height * 0.75}))(document.querySelector('.log-marks').getBoundingClientRect())");
        press(bar.get("x").asDouble(), bar.get("y").asDouble());
        release(bar.get("x").asDouble(), bar.get("y").asDouble());
        console.await(
                "the hit is shown that was meant",
                "Math.abs(Number(document.querySelector('.log-row.hit')?.dataset.sequence) - 9000) < 100");
        console.look(1280, 900, "dark");
        console.picture("log-marks");
        console.look(1280, 900, "light");
        console.assertSound("a log with marks");
    }

    @Test
    void hitsThatAreNotReadAreMarkedTooAndFoundByTheirMarks() throws Exception {
        openLog("");
        console.type(".log-find", "=");
        console.await(
                "all are counted", "document.querySelector('.log-bar [role=status]')?.innerText.endsWith('12,000')");
        console.await("all of the log is marked", "document.querySelectorAll('.log-marks .unknown').length === 0");
        assertTrue(marks("hits") > 395, () -> marks("hits") + " marks, of which 10,000 hits would make 334");
        JsonNode bar = console.value(
                "(box => ({x: box.x + box.width / 2, y: box.y + box.height * 0.95}))(document.querySelector('.log-marks').getBoundingClientRect())");
        press(bar.get("x").asDouble(), bar.get("y").asDouble());
        release(bar.get("x").asDouble(), bar.get("y").asDouble());
        console.await(
                "a hit that was not read is shown",
                "Math.abs(Number(document.querySelector('.log-row.hit')?.dataset.sequence) - 11400) < 100");
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void onlyHitsAreShownWithThreeLinesAroundEachOrWithout() throws Exception {
        openLog("");
        console.type(".log-find", "step 4001 of");
        console.await("it is found", "document.querySelector('.log-row.hit')");
        console.press("Only hits");
        console.await("seven lines, all read", "document.querySelectorAll('.log-row:not(.unread)').length === 7");
        assertEquals("[3998,3999,4000,4001,4002,4003,4004]", sequences());
        assertEquals(6, console.count(".log-row.context"));
        console.awaitText("hit 1 of 1");
        console.picture("log-context");
        console.assertSound("hits with what is around them");
        console.press("With 3 lines around each hit");
        console.await("the hit alone", "document.querySelectorAll('.log-row').length === 1");
        console.press("With 3 lines around each hit");
        console.type(".log-find", "step 77");
        console.await("more hits", "document.querySelectorAll('.log-row.gap').length === 2");
        assertTrue(console.value("document.querySelector('.log-foot').innerText")
                .asText()
                .contains("of 89 "));
    }

    @Test
    void theMouseMarksLinesThatAreNotInThePageAndTheyAreCopied() throws Exception {
        openLog("#L3001");
        console.await("it is there", "document.querySelector('.log-row[data-sequence=\"3001\"]:not(.unread)')");
        console.value("navigator.clipboard.writeText = async text => { window.copied = text; }");
        JsonNode text = console.value(
                "(box => ({x: box.x, y: box.y + 10, height: document.querySelector('.log-scroll').getBoundingClientRect().bottom}))(document.querySelector('.log-row[data-sequence=\"3001\"] .log-text').getBoundingClientRect())");
        double x = text.get("x").asDouble() + 0.5;
        press(x, text.get("y").asDouble());
        move(x + 100, text.get("y").asDouble() + 20);
        move(x + 100, text.get("height").asDouble() + 90);
        Eventually.eventually( // by the frame, of which a busy machine draws few
                "the log moves under the mouse", Duration.ofMinutes(2), () -> highest() > 3_400);
        release(x + 100, text.get("height").asDouble() + 90);
        assertTrue(
                console.value("CSS.highlights.get('log-selection').size > 10").asBoolean(),
                "what is in sight is highlighted");
        assertEquals(0, console.count(".log-row[data-sequence=\"3001\"]"), "its beginning is not in the page");
        console.picture("log-selection");
        console.key("c", 2);
        console.await("it is copied", "window.copied");
        List<String> copied = console.value("window.copied").asText().lines().toList();
        assertTrue(copied.size() > 350, () -> copied.size() + " lines");
        List<String> lines = lines(3_000, copied.size());
        assertEquals(lines.subList(0, copied.size() - 1), copied.subList(0, copied.size() - 1));
        assertTrue(lines.get(copied.size() - 1).startsWith(copied.get(copied.size() - 1)));
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void allLinesAreCopiedAsTheyAreShown() throws Exception {
        openLog("");
        console.value("navigator.clipboard.writeText = async text => { window.copied = text; }");
        console.value("document.querySelector('.log-scroll').focus()");
        console.key("a", 2);
        console.awaitText("Copy what is marked");
        console.key("c", 2);
        console.await("all are copied", "window.copied");
        assertEquals(
                String.join("\n", lines(0, LINES + 1)),
                console.value("window.copied").asText());
        console.press("Unmark");
        console.await("nothing is marked", "!CSS.highlights.has('log-selection')");
    }

    @Test
    void aColourThatALineLeavesOpenGoesOnInTheNextOne() throws Exception {
        String red = noisy("red", Map.of("lines", 2_003, "text", RED));
        api.awaitEnd(red);
        console.open("jobs/" + red + "#L1001");
        console.await(
                "the line after the border of what is read at once is red from its beginning",
                "document.querySelector('.log-row[data-sequence=\"1001\"] .log-text > span.ansi-1')?.textContent.startsWith('encode')");
        console.open("jobs/" + red + "?tab=log#L1");
        console.await(
                "the first one has nothing before it",
                "document.querySelector('.log-row[data-sequence=\"1\"]:not(.unread) .log-text')?.firstChild.nodeType === 3");
    }

    @Test
    void onlyTheReaderEndsFollowing() throws Exception {
        String running = noisy("followed", Map.of("lines", 100_000, "pause_ms", 5));
        console.open("jobs/" + running);
        console.await("lines come", "document.querySelectorAll('.log-row.info').length > 20");
        console.press("Wrap");
        console.look(1280, 600, "light");
        Eventually.eventually(
                "the window is drawn anew", () -> console.value("innerHeight").asInt() == 600);
        long seen = highest();
        Eventually.eventually("it follows on", () -> highest() > seen + 100);
        console.look(1280, 900, "light");
        long then = highest();
        Eventually.eventually("it still does", () -> highest() > then + 100);
        assertEquals("true", following());
        console.press("Wrap");
        assertEquals("true", following());
        JsonNode row = console.value(
                "(box => ({x: box.x + 20, y: box.y + 10}))([...document.querySelectorAll('.log-row')].at(-6).getBoundingClientRect())");
        press(row.get("x").asDouble() + 300, row.get("y").asDouble());
        move(row.get("x").asDouble() + 400, row.get("y").asDouble());
        release(row.get("x").asDouble() + 400, row.get("y").asDouble());
        console.await("marking ends it", "document.querySelector('.log-new')");
        assertEquals("false", following());
        console.value("document.querySelector('.log-scroll').focus()");
        console.key("End");
        console.await("End goes on", "!document.querySelector('.log-new')");
        api.post("/jobs/" + running + "/stop", Map.of()).expect(200);
        assertEquals(List.of(), console.complaints());
    }

    private static void openLog(String fragment) throws Exception {
        console.open("jobs/" + job + "?tab=log&time=" + System.nanoTime() + fragment);
        console.await("its lines are there", "document.querySelectorAll('.log-row:not(.unread)').length > 20");
    }

    private static String following() {
        return console.value(
                        "[...document.querySelectorAll('.log-bar button')].find(each => each.innerText.includes('Follow')).getAttribute('aria-pressed')")
                .asText();
    }

    private static String sequences() {
        return console.value(
                        "JSON.stringify([...document.querySelectorAll('.log-row')].map(row => Number(row.dataset.sequence)))")
                .asText();
    }

    private static long highest() {
        return console.value(
                        "Math.max(...[...document.querySelectorAll('.log-row')].map(row => Number(row.dataset.sequence)))")
                .asLong();
    }

    private static int marks(String kind) {
        return console.value(
                        "document.querySelector('.log-marks ." + kind + "').getAttribute('d').split('M').length - 1")
                .asInt();
    }

    /** The lines as they are shown: without the colours. */
    private static List<String> lines(int after, int count) {
        List<String> found = new ArrayList<>();
        for (int at = after; found.size() < count; at = after + found.size()) {
            api.get("/jobs/" + job + "/logs?after=" + at + "&limit=" + Math.min(5_000, count - found.size()))
                    .expect(200)
                    .get("logs")
                    .forEach(line -> found.add(line.get("message").asText().replaceAll("\u001b\\[[\\d;]*m", "")));
        }
        return found;
    }

    private static void press(double x, double y) throws Exception {
        mouse("mousePressed", x, y, 1);
    }

    private static void move(double x, double y) throws Exception {
        mouse("mouseMoved", x, y, 1);
    }

    private static void release(double x, double y) throws Exception {
        mouse("mouseReleased", x, y, 0);
    }

    private static void mouse(String type, double x, double y, int buttons) throws Exception {
        console.tab()
                .send(
                        "Input.dispatchMouseEvent",
                        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", buttons, "clickCount", 1));
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

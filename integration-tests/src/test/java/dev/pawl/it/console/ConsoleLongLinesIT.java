package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logs whose lines are longer than any screen: what a program writes that means well, and one that does not. */
@NeedsProgram("chromium")
class ConsoleLongLinesIT extends NoisyConsole {

    /** Inputs have a mebibyte at most. */
    private static final int LONG = (1 << 20) - 1_000;

    /** The length to which the server keeps a line. */
    private static final int KEPT = 65_536;

    private static final int RETURNS = 4_000;

    private static double begun;

    /** The most seconds of a processor that a page may take for such a log: half of one is usual, and a line that is looked at from each of its characters takes hundreds. */
    private static final double MOST_CPU_S = 4;

    @Test
    void aLineOfAMebibyteIsFoldedAndShownAsFarAsItIsKept() throws Exception {
        String job = noisy(Map.of("lines", 40, "text", "x".repeat(LONG)));
        openLog(job);
        console.await("it is folded", "document.querySelector('.log-row [data-unfold]')");
        assertTrue(console.value(
                        "Math.max(...[...document.querySelectorAll('.log-text')].map(each => each.textContent.length)) < 5000")
                .asBoolean());
        console.press("Wrap");
        console.key("Home");
        console.key("End");
        console.press("Wrap");
        console.value("document.querySelector('.log-row [data-unfold]').click()");
        console.await("the whole is shown", "document.querySelector('dialog pre')");
        int shown = console.value("document.querySelector('dialog pre').textContent.length")
                .asInt();
        assertTrue(shown > KEPT - 100 && shown < KEPT + 200, shown + " characters");
        console.awaitText("more characters were cut");
        console.assertSound("a long line");
        console.press("Close");
        assertAlive();
        console.open("jobs/" + job + "?tab=inputs");
        console.awaitText("xxxx");
    }

    @Test
    void aStormOfProgressIsOneLineWithItsLastStateAndHowOftenItWasOverwritten() throws Exception {
        String storm = IntStream.rangeClosed(1, RETURNS)
                .mapToObj(n -> "\u001b[32m" + n * 100 / RETURNS + " %\u001b[0m")
                .collect(Collectors.joining("\r", "\r", "\r"));
        String job = noisy(Map.of("lines", 300, "text", storm + "done"));
        openLog(job);
        console.awaitText("×" + String.format("%,d", RETURNS + 2));
        assertTrue(console.value("document.querySelectorAll('.log-row').length < 150")
                .asBoolean());
        for (String key : List.of("Home", "PageDown", "PageDown", "End", "PageUp", "Home", "End")) {
            console.value("document.querySelector('.log-scroll').focus()");
            console.key(key);
            console.await("its lines are read", "!document.querySelector('.log-row.unread')");
        }
        console.await(
                "what stands below says so", "document.querySelector('.log-foot').innerText.startsWith('301 of 301')");
        console.picture("log-storm");
        assertAlive();
    }

    @Test
    void aLineOfNothingButReturnsHoldsNobodyUp() throws Exception {
        openLog(noisy(Map.of("lines", 30, "text", "\r".repeat(KEPT - 1_000) + "end")));
        console.awaitText("×" + String.format("%,d", KEPT - 1_000 + 1));
        assertAlive();
    }

    private static void openLog(String job) throws Exception {
        console.look(1280, 900, "light");
        console.open("jobs");
        begun = console.processor();
        console.value("(() => { const a = document.createElement('a'); a.href = '" + server.url() + "/console/jobs/"
                + job + "?tab=log'; document.body.append(a); a.click(); a.remove(); })()");
        console.await("its lines are there", "document.querySelectorAll('.log-row:not(.unread)').length > 20");
    }

    private static void assertAlive() throws Exception {
        double taken = console.processor() - begun;
        System.getLogger("console").log(System.Logger.Level.INFO, "The page took {0} s of a processor", taken);
        assertTrue(taken > 0 && taken < MOST_CPU_S, () -> taken + " s");
        assertEquals(List.of(), console.complaints());
    }

    private static String noisy(Map<String, ?> inputs) {
        String job = api.post(
                        "/jobs",
                        Map.of("job_title", "long lines", "tasks", List.of(Map.of("module", "noisy", "data", inputs))))
                .expect(200)
                .get("id")
                .asText();
        api.awaitEnd(job);
        return job;
    }
}

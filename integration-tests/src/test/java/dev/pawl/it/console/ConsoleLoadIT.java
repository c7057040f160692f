package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages that are open while more happens than anybody can read, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleLoadIT extends NoisyConsole {

    private static final System.Logger LOG = System.getLogger("console");
    private static final int WAITING = 1_000;
    private static final int EVENTS = 10_000;
    private static final int LINES = 60_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Counts what reaches the page, the frames that it draws, and the tasks that hold it up. */
    private static final String WATCH = """
            (async () => {
              const files = document.querySelector('script[type=module]').src.replace('app.js', '');
              const { live } = await import(files + 'core/live.js');
              window.seen = { events: 0, resets: 0, frames: 0, tasks: [], began: performance.now() };
              live.addEventListener('job', event => { seen.events += event.detail.length; });
              live.addEventListener('reset', () => { seen.resets++; });
              new PerformanceObserver(list => seen.tasks.push(...list.getEntries().map(each => each.duration))).observe({ type: 'longtask' });
              const frame = () => { seen.frames++; requestAnimationFrame(frame); };
              frame();
            })()""";

    @Test
    void anOverviewDoesNotFreezeWhileEventsComeByTheThousand() throws Exception {
        api.post("/modules/hello/pause", Map.of()).expect(200);
        for (int n = 0; n < WAITING; n++) {
            api.start("hello", Map.of("name", "w"));
        }
        console.open("");
        console.awaitText("1,000");
        console.value(WATCH);
        long began = System.nanoTime();
        for (int sent = 0; sent < EVENTS; sent += WAITING) {
            assertEquals(
                    WAITING,
                    api.post(
                                    "/jobs/actions",
                                    Map.of(
                                            "action",
                                            "prioritize",
                                            "priority",
                                            sent % 100 + 1,
                                            "filter",
                                            Map.of("status", "pending", "module", "hello")))
                            .expect(200)
                            .get("done")
                            .asInt());
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        Eventually.eventually(
                LIMIT,
                () -> assertTrue(
                        console.value("seen.events >= " + EVENTS + " || seen.resets > 0")
                                .asBoolean(),
                        () -> console.value("seen").toString()));
        report(EVENTS * 1_000L / Math.max(1, millis) + " events a second");
        assertTrue(console.count("*") < 3_000, "the page stays small");
        assertAlive();
        api.post("/jobs/actions", Map.of("action", "stop", "filter", Map.of("status", "pending", "module", "hello")))
                .expect(200);
        api.post("/modules/hello/resume", Map.of()).expect(200);
        console.await("it shows what holds at the end", "!document.querySelector('.waiting-row')");
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void anOpenLogFollowsThousandsOfLinesASecondToTheLast() throws Exception {
        console.open("jobs");
        console.value(WATCH);
        long began = System.nanoTime();
        String fast = api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "a fast one",
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", LINES)))))
                .expect(200)
                .get("id")
                .asText();
        console.value("(() => { const a = document.createElement('a'); a.href = '" + server.url() + "/console/jobs/"
                + fast + "'; document.body.append(a); a.click(); a.remove(); })()");
        api.awaitEnd(fast);
        long millis = (System.nanoTime() - began) / 1_000_000;
        Eventually.eventually(
                LIMIT,
                () -> assertTrue(
                        console.value(
                                                "Math.max(...[...document.querySelectorAll('.log-row:not(.unread)')].map(row => Number(row.dataset.sequence)))")
                                        .asInt()
                                >= LINES,
                        () -> console.value("document.querySelector('.log-foot').innerText")
                                .asText()));
        report(LINES * 1_000L / Math.max(1, millis) + " lines a second");
        assertTrue(console.count(".log-row") < 150, "only the lines in sight are in the page");
        assertEquals(
                "true",
                console.value(
                                "String([...document.querySelectorAll('.log-row')].every((row, at, all) => at === 0 || Number(row.dataset.sequence) === Number(all[at - 1].dataset.sequence) + 1))")
                        .asText(),
                "each line comes after the one before it");
        assertAlive();
        assertEquals(List.of(), console.complaints());
    }

    /** The page draws frames between the tasks, and was not held up for as long as a person would take for a crash. */
    private static void assertAlive() {
        assertTrue(console.value("seen.frames").asInt() > 10, () -> console.value("seen")
                .toString());
        double share = console.value(
                        "seen.tasks.reduce((sum, each) => sum + each, 0) / (performance.now() - seen.began)")
                .asDouble();
        assertTrue(share < 0.9, () -> "Tasks above 50 ms took " + share + " of the time: " + console.value("seen"));
    }

    private static void report(String rate) {
        LOG.log(
                System.Logger.Level.INFO,
                "With {0}: {1}",
                rate,
                console.value(
                                "seen.events + ' events, ' + seen.resets + ' resets, ' + seen.frames + ' frames in ' + Math.round(performance.now() - seen.began) + ' ms, ' + seen.tasks.length + ' tasks above 50 ms, the longest ' + Math.round(Math.max(0, ...seen.tasks))")
                        .asText());
    }
}

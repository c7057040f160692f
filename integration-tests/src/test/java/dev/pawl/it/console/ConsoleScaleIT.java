package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Effort;
import dev.pawl.it.server.ManyJobs;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of jobs of a server that keeps a great many, in a real browser against the real distribution. */
@NeedsProgram("chromium")
@Tag("sqlite")
class ConsoleScaleIT {

    private static final int JOBS = Effort.of(100_000, 1_000_000);
    private static final String TITLE = "one of many";
    private static final System.Logger LOG = System.getLogger("console");

    @TempDir
    Path folder;

    private Server server;
    private Api api;
    private ConsoleTab console;

    @Test
    void aListOfManyJobsIsAtItsFirstRowsItsLastAndAnyInBetweenAtOnce() throws Exception {
        Path data = folder.resolve("data");
        server = Server.start(data);
        try {
            api = server.api();
            api.upload(ModuleJar.of(NoisyModule.class, "1.4.0", folder), "").expect(200);
            for (int n = 0; n < 10; n++) {
                api.awaitEnd(noisy(n < 3));
            }
            server.terminate();
            long filled = System.nanoTime();
            ManyJobs.fill(data, TITLE, JOBS);
            LOG.log(System.Logger.Level.INFO, "{0} jobs were written in {1} ms", JOBS, since(filled));
            server = Server.start(data);
            api = server.api();
            console = ConsoleTab.signedIn(server, folder.resolve("profile"));
            walk();
        } finally {
            if (console != null) {
                console.close();
            }
            server.close();
        }
    }

    private void walk() throws Exception {
        long began = System.nanoTime();
        console.open("jobs");
        console.await(
                "the newest is there",
                "document.querySelector('.grid-row a')?.innerText === '" + TITLE + " " + JOBS + "'");
        LOG.log(System.Logger.Level.INFO, "The first of {0} jobs was there after {1} ms", JOBS, since(began));
        console.awaitText("All " + String.format(Locale.ROOT, "%,d", JOBS));
        assertTrue(console.count(".grid-row") < 60, "only the rows in sight are in the page");
        watchTasks();
        for (int n = 0; n < 20; n++) {
            console.await(
                    "more are read",
                    "(grid => { grid.scrollTop = grid.scrollHeight; return grid.rows.length >= " + (n + 2) * 200
                            + "; })(document.querySelector('pawl-grid'))");
        }
        assertTrue(console.count("*") < 3_000, "the page stays small");
        assertTrue(console.count(".grid-row") < 60);
        logTasks("scrolling 4,000 rows");

        console.press("Jump to the last");
        console.await("the oldest is there", "document.querySelector('.grid-row a')?.innerText === '" + TITLE + " 1'");
        assertTrue(console.place().contains("sort=-created"));
        console.value("history.back()");
        console.await(
                "back at the newest",
                "document.querySelector('.grid-row a')?.innerText === '" + TITLE + " " + JOBS + "'");

        console.press("failed");
        console.await(
                "failed ones alone",
                "[...document.querySelectorAll('.grid-row')].length > 10 && [...document.querySelectorAll('.grid-row')].every(row => row.innerText.includes('failed'))");
        console.awaitText("failed " + String.format(Locale.ROOT, "%,d", JOBS * 3 / 10));
        console.key("X");
        console.press("Retry");
        console.awaitText("This retries " + String.format(Locale.ROOT, "%,d", JOBS * 3 / 10) + " jobs");
        console.press("Cancel");

        Instant end = Instant.parse(
                api.get("/jobs?limit=1").expect(200).at("/jobs/0/created_at").asText());
        Instant from = end.minus(Duration.ofSeconds(JOBS / 2 + 10));
        console.open("jobs?since=" + from + "&until=" + from.plusSeconds(11));
        console.await("those of a range", "document.querySelectorAll('.grid-row').length === 11");
        console.open("jobs?q=" + (TITLE + " " + JOBS / 2).replace(" ", "%20"));
        console.await(
                "one by its title",
                "document.querySelector('.grid-row a')?.innerText === '" + TITLE + " " + JOBS / 2 + "'");
        console.open("jobs?q=" + String.format("%08x", JOBS / 3));
        console.await(
                "one by its id",
                "document.querySelector('.grid-row a')?.innerText === '" + TITLE + " " + JOBS / 3 + "'");
        console.assertSound("a list of many");
    }

    private void watchTasks() {
        console.value(
                "(() => { window.tasks = []; new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(each => each.duration))).observe({type: 'longtask'}); })()");
    }

    private void logTasks(String when) {
        LOG.log(
                System.Logger.Level.INFO,
                "Tasks above 50 ms while {0}: {1}",
                when,
                console.value(
                                "window.tasks.length + ', the longest ' + Math.round(Math.max(0, ...window.tasks)) + ' ms'")
                        .asText());
        assertEquals(List.of(), console.complaints());
    }

    private static long since(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    private String noisy(boolean fails) {
        return api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                TITLE,
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", 1, "fail", fails)))))
                .expect(200)
                .get("id")
                .asText();
    }
}

package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures a tab that watches a busy server for long, after forced collections. */
@NeedsProgram("chromium")
@Tag("nightly")
class ConsoleMemoryIT {

    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("pawl.console.minutes", 60));
    private static final int MEASUREMENTS = 12;
    private static final int NOISY_AT_ONCE = 3;
    private static final int HELLOS_A_ROUND = 20;
    private static final double MIB = 1 << 20;

    /** The most that a tab may hold, in MiB. */
    private static final double MOST_MIB = 120;

    /** The most that it may hold more at its end than once everything had been seen: a leak of a row an event would be many times as much. */
    private static final double MORE_MIB = 8;

    private static final int MOST_NODES = 3_000;

    @TempDir
    Path folder;

    private Server server;
    private Api api;
    private ConsoleTab console;

    private record Held(double mib, int nodes, int listeners) {}

    @Test
    void aTabThatWatchesABusyServerHoldsNoMoreAtItsEndThanAtItsBeginning() throws Exception {
        server = Server.start(folder.resolve("data"));
        try {
            api = server.api();
            api.upload(ModuleJar.of(NoisyModule.class, "1.4.0", folder), "").expect(200);
            console = ConsoleTab.signedIn(server, folder.resolve("profile"));
            watch();
        } finally {
            if (console != null) {
                console.close();
            }
            server.close();
        }
    }

    private void watch() throws Exception {
        List<Held> held = new ArrayList<>();
        long begin = System.nanoTime();
        for (int n = 0; n <= MEASUREMENTS; n++) {
            long until = begin + LENGTH.toNanos() * n / MEASUREMENTS;
            do {
                round();
            } while (System.nanoTime() < until);
            held.add(measure());
            System.getLogger("console")
                    .log(
                            System.Logger.Level.INFO,
                            "After {0} s the tab holds {1}",
                            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                            held.get(n));
        }
        assertEquals(List.of(), console.complaints());
        Held first = held.get(1); // every page has been seen once
        Held last = held.get(MEASUREMENTS);
        assertTrue(last.mib() < MOST_MIB && last.mib() < first.mib() + MORE_MIB, held::toString);
        assertTrue(last.nodes() < MOST_NODES && last.nodes() < first.nodes() * 1.3, held::toString);
        assertTrue(last.listeners() < first.listeners() * 1.3, held::toString);
    }

    /** Half a minute of a busy server, in which a person looks at the overview most of the time, and at lists, a log and other pages in between. */
    private void round() throws Exception {
        String job = "";
        for (int n = 0; n < NOISY_AT_ONCE; n++) {
            job = api.post(
                            "/jobs",
                            Map.of(
                                    "job_title",
                                    "noisy " + n,
                                    "tasks",
                                    List.of(Map.of(
                                            "module",
                                            "noisy",
                                            "data",
                                            Map.of("lines", 1_000, "pause_ms", 20, "results", 10, "fail", n == 0)))))
                    .expect(200)
                    .get("id")
                    .asText();
        }
        look("", 15);
        look("jobs", 4);
        look("jobs/" + job, 6);
        look("jobs/" + job + "?tab=results", 1);
        look("queue", 1);
        look("modules", 1);
        look("schedules", 1);
    }

    /** Goes to a page as a link does, without loading anew, and has jobs begin and end meanwhile. */
    private void look(String place, int seconds) throws Exception {
        console.value("(() => { const a = document.createElement('a'); a.href = '" + server.url() + "/console/" + place
                + "'; document.body.append(a); a.click(); a.remove(); })()");
        console.await("the page is there", "document.querySelector('main h1')");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < until) {
            for (int n = 0; n < HELLOS_A_ROUND; n++) {
                api.start("hello", Map.of("name", "watcher"));
            }
        }
    }

    private Held measure() throws Exception {
        look("", 1);
        console.await("the overview is there", "document.querySelector('main h1')?.innerText === 'Overview'");
        console.tab().send("Performance.enable", Map.of());
        console.tab().send("HeapProfiler.collectGarbage", Map.of());
        console.tab().send("HeapProfiler.collectGarbage", Map.of());
        JsonNode metrics =
                console.tab().send("Performance.getMetrics", Map.of()).get("metrics");
        return new Held(Math.round(of(metrics, "JSHeapUsedSize") / MIB * 10) / 10.0, (int) of(metrics, "Nodes"), (int)
                of(metrics, "JSEventListeners"));
    }

    private static double of(JsonNode metrics, String name) {
        for (JsonNode metric : metrics) {
            if (metric.get("name").asText().equals(name)) {
                return metric.get("value").asDouble();
            }
        }
        throw new IllegalStateException("The browser does not measure " + name + ".");
    }
}

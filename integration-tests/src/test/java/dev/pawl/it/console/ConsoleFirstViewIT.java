package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the requests of a browser that has nothing of the console until a page can be used, since the time depends on the machine. */
@NeedsProgram("chromium")
class ConsoleFirstViewIT {

    /** All that a browser asked for until a page could be used, in the order of the requests. */
    private static final String ASKED = """
            (() => {
              const usable = performance.getEntriesByName('pawl-usable')[0].startTime;
              return { usable, asked: performance.getEntriesByType('resource').filter(each => each.startTime < usable).map(each => ({
                name: new URL(each.name).pathname.replace(/.*assets\\/[^/]*\\//, ''), kind: each.initiatorType, bytes: each.encodedBodySize,
                at: Math.round(each.startTime), end: Math.round(each.responseEnd) })) };
            })()""";

    /** The issue allows 150 KiB; the aim is 60. */
    private static final int MOST_BYTES = 64 << 10;

    private static final int MOST_FILES = 48;

    /** A page waits so long for the stream of events; on a machine that takes longer it asks once more when the stream is there. */
    private static final int READY_MS = 2_000;

    private static final int MOST_MS = 500;

    /** Of so many loads without a cache the fastest counts. */
    private static final int TRIES = 3;

    private static final List<String> PAGES = List.of(
            "",
            "jobs",
            "new?module=hello",
            "modules",
            "modules/hello",
            "schedules",
            "queue",
            "data",
            "notifications",
            "hooks",
            "tokens",
            "audit",
            "server",
            "design");

    @TempDir
    Path folder;

    private Server server;
    private ConsoleTab console;

    @BeforeEach
    void open() throws Exception {
        server = Server.start(folder.resolve("data"));
        Api api = server.api();
        api.awaitEnd(api.start("hello", Map.of("name", "World")));
        console = ConsoleTab.open(server, folder.resolve("profile"));
        console.tab().awaitRest(); // what the start of a browser takes of the machine is not the console's
        console.signIn(server);
    }

    @AfterEach
    void close() {
        console.close();
        server.close();
    }

    @Test
    void aPageIsThereAfterFewRequestsOfFewBytesAllKnownFromTheBeginning() throws Exception {
        for (Map.Entry<String, Integer> page :
                Map.of("", 11, "jobs", 4, "modules", 5, "schedules", 3).entrySet()) {
            JsonNode seen = first(page.getKey());
            List<String> late = new ArrayList<>();
            int files = 0;
            int calls = 0;
            int bytes = 0;
            for (JsonNode asked : seen.get("asked")) {
                bytes += asked.get("bytes").asInt();
                if (asked.get("kind").asText().equals("fetch")) {
                    calls++;
                } else {
                    files++;
                    if (calls > 0) {
                        late.add(asked.get("name").asText());
                    }
                }
            }
            String said = "/" + page.getKey() + ": " + files + " files, " + calls + " calls, " + bytes
                    + " bytes, usable after " + Math.round(seen.get("usable").asDouble()) + " ms";
            System.getLogger("console").log(System.Logger.Level.INFO, said);
            assertEquals(List.of(), late, said);
            int most = page.getValue() * (seen.get("usable").asDouble() < READY_MS ? 1 : 2);
            assertTrue(files > 20 && files <= MOST_FILES && calls <= most && bytes < MOST_BYTES, said);
        }
    }

    @Test
    @Tag("nightly")
    void eachPageCanBeUsedWithinHalfASecondOnAQuietMachine() throws Exception {
        console.await("it can be used", "performance.getEntriesByName('pawl-usable').length > 0");
        double first = console.value("performance.getEntriesByName('pawl-usable')[0].startTime")
                .asDouble();
        report("the first page of the server's life", first);
        List<String> slow = new ArrayList<>(first < MOST_MS ? List.of() : List.of("the first: " + first));
        for (String page : PAGES) {
            double least = Double.MAX_VALUE;
            for (int n = 0; n < TRIES; n++) {
                least = Math.min(least, first(page).get("usable").asDouble());
            }
            report("/" + page, least);
            if (least >= MOST_MS) {
                slow.add("/" + page + ": " + least);
            }
        }
        assertEquals(List.of(), slow);
    }

    private static void report(String page, double millis) {
        System.getLogger("console")
                .log(System.Logger.Level.INFO, "{0} can be used after {1} ms", page, Math.round(millis));
    }

    private JsonNode first(String page) throws Exception {
        console.tab().send("Network.enable", Map.of());
        console.tab().send("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        console.open(page);
        console.await("it can be used", "performance.getEntriesByName('pawl-usable').length > 0");
        return console.value(ASKED);
    }
}

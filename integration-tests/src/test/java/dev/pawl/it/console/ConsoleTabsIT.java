package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.browser.Tab;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many tabs of one browser, and a server that goes while it is watched. */
@NeedsProgram("chromium")
class ConsoleTabsIT extends ConsoleCase {

    private static final int TABS = 8;
    private static final int LINES = 3_000;

    @Override
    void furnish() throws Exception {
        api.upload(ModuleJar.of(NoisyModule.class, "1.4.0", folder), "").expect(200);
    }

    @Test
    void eightTabsOfABrowserShareOneStreamAndAllAreLive() throws Exception {
        List<Tab> tabs = new ArrayList<>(List.of(console.tab()));
        console.open("");
        while (tabs.size() < TABS) {
            Tab tab = console.tab().another();
            tab.show(server.url() + "/console/" + (tabs.size() % 2 == 0 ? "jobs" : ""));
            tabs.add(tab);
        }
        for (Tab tab : tabs) {
            await(tab, "it is live", "document.querySelector('.top .live:not(.off)')");
        }
        Eventually.eventually( // HTTP/1.1 gives a browser six connections, and each stream holds one
                "one stream for all, once the one from before the sign-in is known to be gone",
                Duration.ofSeconds(40),
                () -> readers() == 1);
        api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "seen by all",
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", 100_000, "pause_ms", 100)))))
                .expect(200);
        for (Tab tab : tabs) {
            tab.send("Page.bringToFront", Map.of()); // a tab that is hidden reads when it is looked at
            await(tab, "it shows the job", "document.body.innerText.includes('seen by all')");
        }
    }

    @Test
    void aServerThatIsKilledAndComesBackIsFollowedOnWithoutALineTwiceOrMissing() throws Exception {
        String job = api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "watched",
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", LINES, "pause_ms", 5)))))
                .expect(200)
                .get("id")
                .asText();
        console.open("jobs/" + job);
        console.await("lines come", "document.querySelectorAll('.log-row.info').length > 20");
        server.kill();
        console.awaitText("Not live since");
        console.await("what is there stays", "document.querySelectorAll('.log-row.info').length > 20");
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_API_PORT", String.valueOf(server.url().getPort())));
        api = server.api();
        console.type(
                "#token", Files.readString(folder.resolve("data/admin.token")).strip()); // sessions end with the server
        console.await("the page is kept meanwhile", "document.querySelectorAll('.log-row.info').length > 20");
        console.press("Sign in");
        console.await("it is live again", "!document.body.innerText.includes('Not live since')");
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        console.await("the page knows", "document.querySelector('main h1 + .status').innerText === 'completed'");
        int total = api.get("/jobs/" + job + "/logs?limit=1")
                .expect(200)
                .get("total")
                .asInt();
        console.await(
                "the last line is there",
                "[...document.querySelectorAll('.log-row:not(.unread)')].at(-1).dataset.sequence === '" + total + "'");
        console.value("navigator.clipboard.writeText = async text => { window.copied = text; }");
        console.value("document.querySelector('.log-scroll').focus()");
        console.key("a", 2);
        console.key("c", 2);
        console.await("all are copied", "window.copied");
        assertEquals(total, console.value("window.copied.split('\\n').length").asInt());
        assertEquals(List.of(), console.complaints());
    }

    @Test
    @Tag("nightly")
    void aServerThatStandsStillIsToldOfWithTheTimeAtWhichItWasHeardLast() throws Exception {
        api.start("hello", Map.of("name", "seen before"));
        console.look(1280, 800, "light");
        console.open("jobs");
        console.await("it shows data", "document.querySelector('.grid-row')");
        console.await("it is live", "document.querySelector('.top .live:not(.off)')");
        Instant stopped = Instant.now();
        signal("-STOP");
        try {
            Eventually.eventually(
                    "it is told of, after two of the comments that come every 15 s",
                    Duration.ofSeconds(90),
                    () -> text().contains("Not live since"));
            assertTrue(Instant.now().isAfter(stopped.plusSeconds(15)), "one comment may be late");
            assertEquals(1, console.count("main.lost"), "what may be old is dimmed");
            LocalTime said = LocalTime.parse(
                    text().replaceFirst("(?s).*Not live since (?:\\d+ \\w+ )?(\\d\\d:\\d\\d:\\d\\d).*", "$1"));
            LocalTime frozen = LocalTime.ofInstant(stopped, ZoneId.systemDefault());
            assertTrue(
                    Math.abs(Duration.between(frozen, said).toSeconds()) <= 17, // midnight is the nightly's own risk
                    () -> "It was stopped at " + frozen + ", and the page says " + said);
            console.picture("not-live");
            assertEquals(List.of(), console.faults());
        } finally {
            signal("-CONT");
        }
        console.awaitText("The server is back.");
        console.await("nothing is dimmed any more", "!document.querySelector('main.lost')");
        assertEquals(List.of(), console.complaints());
    }

    private void signal(String signal) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", signal, String.valueOf(server.pid()))
                        .start()
                        .waitFor());
    }

    private String text() {
        return console.value("document.body.innerText").asText();
    }

    private static void await(Tab tab, String what, String expression) {
        Eventually.eventually(
                what, () -> tab.value("Boolean(" + expression + ")").asBoolean());
    }

    /** The clients that read the events of the server. */
    private int readers() throws Exception {
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("pawl_http_followers") && line.contains("\"events\""))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}

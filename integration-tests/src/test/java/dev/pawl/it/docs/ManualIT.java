package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.console.ConsoleTab;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manual in a real browser, from a server that knows no token of the reader. Its pictures are in target/manual. */
@NeedsProgram("chromium")
class ManualIT {

    private static final Path PICTURES = Path.of("target/manual");

    /** A page of each kind: short and long, with tables, with drawings, with pictures, made of code, in a folder. */
    private static final List<String> PAGES = List.of(
            "",
            "tutorial.html",
            "schedules.html",
            "notifications.html",
            "architecture.html",
            "console.html",
            "reference/spi.html",
            "modules/ffmpeg.html");

    @TempDir
    static Path folder;

    private static Server server;
    private static ConsoleTab browser;

    @BeforeAll
    static void open() throws Exception {
        Files.createDirectories(PICTURES);
        server = Server.start(folder.resolve("data"));
        browser = ConsoleTab.open(server, folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"360, light", "360, dark", "1280, light", "1280, dark"})
    void eachKindOfPageIsSoundAndFits(int width, String scheme) throws Exception {
        browser.look(width, width < 600 ? 800 : 900, scheme);
        for (String page : PAGES) {
            show(page);
            browser.assertSound(page + " at " + width + " " + scheme);
            String name = page.isEmpty() ? "index" : page.replace('/', '-').replace(".html", "");
            browser.tab().picture(PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"));
        }
    }

    @Test
    void theSearchFindsSectionsOfAllPagesAndAKeyOpensTheFirst() throws Exception {
        browser.look(1280, 900, "light");
        show("adr/0001-artifacts-are-immutable.html");
        browser.value("document.querySelector('#words').focus()");
        browser.type("#words", "PAWL-313");
        browser.await("the error is found", "document.querySelector('#found a')?.textContent.includes('PAWL-313')");
        browser.tab().picture(PICTURES.resolve("search-1280-light.png"));
        assertEquals(List.of(), browser.faults());
        browser.key("Enter");
        browser.await("its section is shown", "location.hash === '#pawl-313'");
        assertEquals("/manual/reference/errors.html#pawl-313", browser.place());

        browser.key("/");
        browser.type("#words", "no such words anywhere");
        browser.awaitText("Nothing has all these words.");
        browser.type("#words", "reverse proxy nginx");
        browser.await("a page is found", "document.querySelector('#found a')");
        JsonNode first = browser.value("document.querySelector('#found a').href");
        assertTrue(first.asText().contains("/manual/reverse-proxy.html"), first.asText());
    }

    @Test
    void aThemeThatIsChosenHoldsOnEveryPageAndInTheConsole() throws Exception {
        browser.look(1280, 900, "light");
        show("");
        browser.press("Dark");
        show("operations.html");
        assertEquals(
                "dark", browser.value("document.documentElement.dataset.theme").asText());
        browser.press("Light");
        browser.value("localStorage.removeItem('pawl.theme')");
    }

    @Test
    void anybodyGetsTheFilesAndOneThatIsKnownIsNotSentAgain() throws Exception {
        HttpResponse<String> page = get("/manual/operations.html", "");
        assertEquals(200, page.statusCode());
        assertEquals("no-cache", page.headers().firstValue("Cache-Control").orElseThrow());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("script-src 'self';") && !policy.contains("unsafe"), policy);
        assertEquals(
                304,
                get("/manual/operations.html", page.headers().firstValue("ETag").orElseThrow())
                        .statusCode());
        assertEquals(
                "./manual/", get("/manual", "").headers().firstValue("Location").orElseThrow());
        for (String name : List.of("build.txt", "nothing.html", "adr", "index.html.gz")) {
            assertEquals(404, get("/manual/" + name, "").statusCode(), name);
        }
    }

    private static void show(String page) throws Exception {
        browser.tab().show(server.url() + "/manual/" + page);
    }

    private static HttpResponse<String> get(String path, String tag) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}

package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.browser.Tab;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page at /docs in a real browser that reaches nothing but the server. Its pictures are in target/docs. */
@NeedsProgram("chromium")
class DocPageIT {

    private static final Path PICTURES = Path.of("target/docs");

    @TempDir
    static Path folder;

    private static Server server;
    private static Tab tab;

    @BeforeAll
    static void open() throws Exception {
        Files.createDirectories(PICTURES);
        server = Server.start(folder.resolve("data"));
        tab = Tab.open(Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void close() throws Exception {
        if (tab != null) {
            tab.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"360, light", "360, dark", "1280, light", "1280, dark"})
    void thePageFitsAndIsLegible(int width, String scheme) throws Exception {
        tab.look(width, 900, scheme);
        tab.show(server.url() + "/docs");
        assertEquals(List.of(), complaints());
        assertTrue(
                tab.value("document.documentElement.scrollWidth <= innerWidth").asBoolean(),
                () -> "the page is wider than " + width + " pixels");
        JsonNode contrast = tab.value(script("contrast.js"));
        assertTrue(contrast.get("checked").asInt() > 20, contrast.toString());
        assertTrue(contrast.get("methods").asInt() >= 5, contrast.toString());
        assertEquals(0, contrast.get("weak").size(), contrast.toString());
        tab.picture(PICTURES.resolve(width + "-" + scheme + ".png"));
        tab.value("document.querySelector('#startJob').scrollIntoView()");
        tab.picture(PICTURES.resolve(width + "-" + scheme + "-route.png"));
    }

    @Test
    void thePageNeedsNothingBesideItself() throws Exception {
        tab.look(1280, 900, "light");
        tab.show(server.url() + "/docs");
        List<String> asked = tab.events("Network.requestWillBeSent")
                .map(sent -> sent.get("request").get("url").asText())
                .filter(url -> !url.startsWith("data:"))
                .toList();
        assertEquals(List.of(server.url() + "/docs"), asked);
    }

    @Test
    void everyRouteShowsACallWithThisServersAddressAndAnAnswer() throws Exception {
        tab.show(server.url() + "/docs");
        JsonNode routes = tab.value("""
                [...document.querySelectorAll('article:has(.method)')].map(route => ({
                  id: route.id,
                  calls: [...route.querySelectorAll('figure code')].map(code => code.textContent),
                  titles: [...route.querySelectorAll('figcaption')].map(title => title.textContent),
                  empty: /\\b(204|302)\\b/.test(route.querySelectorAll('h4')[route.querySelectorAll('h4').length - 1].textContent),
                }))""");
        assertTrue(routes.size() > 60, () -> "only " + routes.size());
        String host = server.url().getAuthority();
        for (JsonNode route : routes) {
            assertTrue(route.get("calls").get(0).asText().contains(host), route.toString());
            boolean answers = route.get("titles").toString().matches(".*\"(Answer|Frame)\".*");
            assertTrue(answers || route.get("empty").asBoolean(), route.toString());
        }
    }

    @Test
    void theSearchLeavesWhatHasTheWords() throws Exception {
        tab.look(1280, 900, "light");
        tab.show(server.url() + "/docs");
        JsonNode found = search("Idempotency-Key rollback");
        assertEquals(List.of("rollBackModule"), ids(found), found.toString());
        assertEquals("1 found", found.get("status").asText());
        assertEquals(List.of(), ids(search("no such words anywhere")));
        assertTrue(ids(search("")).size() > 60);
        assertEquals(
                List.of("PAWL-313"),
                ids(search("PAWL-313")).stream()
                        .filter(id -> id.startsWith("PAWL-"))
                        .toList());
        search("no such words anywhere");
        tab.value("location.hash = '#startJob'");
        assertTrue(tab.value("new Promise(done => setTimeout(() => done(!document.querySelector('#startJob').hidden)))")
                .asBoolean());
        assertEquals(List.of(), complaints());
    }

    private static JsonNode search(String words) throws Exception {
        return tab.value("""
                (() => {
                  const box = document.querySelector('#words');
                  box.value = '%s';
                  box.dispatchEvent(new Event('input'));
                  return {
                    ids: [...document.querySelectorAll('article:not([hidden])')].map(article => article.id),
                    status: document.querySelector('[role=status]').textContent,
                  };
                })()""".formatted(words));
    }

    private static List<String> ids(JsonNode found) {
        return Stream.iterate(0, n -> n < found.get("ids").size(), n -> n + 1)
                .map(n -> found.get("ids").get(n).asText())
                .toList();
    }

    /** The complaints of the browser: errors of scripts, of the content security policy, of loading. */
    private static List<String> complaints() {
        return Stream.of(
                        "Log.entryAdded",
                        "Runtime.exceptionThrown",
                        "Runtime.consoleAPICalled",
                        "Network.loadingFailed")
                .flatMap(tab::events)
                .map(JsonNode::toString)
                .toList();
    }

    private static String script(String name) throws IOException {
        try (InputStream in = DocPageIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

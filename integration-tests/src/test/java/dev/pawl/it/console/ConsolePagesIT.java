package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a console with something on each: in each theme and width, and for each role. */
@NeedsProgram("chromium")
class ConsolePagesIT {

    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("new", "Hello World"),
            Map.entry("new?module=hello", "Whom to greet"),
            Map.entry("modules", "Hello World"),
            Map.entry("modules/hello", "Greets somebody"),
            Map.entry("modules/hello?tab=versions", "History"),
            Map.entry("modules/hello?tab=health", "Component"),
            Map.entry("schedules", "The week ahead"),
            Map.entry("schedules/nightly", "Next times"),
            Map.entry("queue", "Workers"),
            Map.entry("data", "notes"),
            Map.entry("data/hello/notes", "12 B"),
            Map.entry("server", "Configuration"));

    private static final Map<String, String> OF_ADMINS = Map.of(
            "hooks",
            "deploy",
            "hooks?name=deploy",
            "Calls",
            "hooks?new=1",
            "Definition",
            "tokens",
            "admin",
            "audit",
            "data.put");

    private static final Map<String, String> OF_OPERATORS = Map.of(
            "notifications",
            "completed after failing",
            "notifications?name=ops",
            "Nothing has been told yet",
            "notifications?new=1",
            "Gather for");

    @TempDir
    Path folder;

    private Server server;
    private ConsoleTab console;

    @BeforeEach
    void open() throws Exception {
        server = Server.start(folder.resolve("data"));
        Api api = server.api();
        api.awaitEnd(api.start("hello", Map.of("name", "World")));
        Map<String, Object> job = Map.of("module_id", "hello", "inputs", Map.of("name", "a"));
        api.json("PUT", "/schedules/nightly", Map.of("cron", "0 3 * * *", "job", job))
                .expect(200);
        api.json("PUT", "/hooks/deploy", Map.of("scheme", "github", "secret", "a long random text", "job", job))
                .expect(200);
        api.json(
                        "PUT",
                        "/notifications/ops",
                        Map.of(
                                "on",
                                List.of("failed", "completed_after_failing"),
                                "format",
                                "slack",
                                "url",
                                "https://hooks.slack.com/services/x"))
                .expect(200);
        api.post("/data/hello/notes", Map.of("a", 1)).expect(204);
        api.post("/queue", Map.of("job_title", "far", "tasks", List.of(Map.of("module", "nowhere", "data", Map.of()))))
                .expect(200);
    }

    @AfterEach
    void close() {
        console.close();
        server.close();
    }

    @Test
    void noPageHasAFaultInAnyThemeOrWidth() throws Exception {
        console = ConsoleTab.signedIn(server, folder.resolve("profile"));
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {360, 1440}) {
                console.look(width, 900, scheme);
                for (Map<String, String> pages : List.of(PAGES, OF_OPERATORS, OF_ADMINS)) {
                    for (Map.Entry<String, String> page : pages.entrySet()) {
                        console.open(page.getKey());
                        console.awaitText(page.getValue());
                        console.assertSound(page.getKey() + " " + scheme + " " + width);
                        console.picture(page.getKey().replaceAll("[^a-z]+", "-") + "-" + scheme + "-" + width);
                    }
                }
            }
        }
    }

    @Test
    void aViewerSeesThePagesWithoutWhatItMayNotDo() throws Exception {
        asRole("viewer");
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            if (!page.getKey().startsWith("new")) {
                console.open(page.getKey());
                console.awaitText(page.getValue());
                assertFalse(
                        controls()
                                .matches(
                                        "(?s).*(Pause|Resume|Remove|Disable|Enable|New |Save|Run now|Edit|Delete|Install|Back up|Check the|Count them|Update|Roll back).*"),
                        page.getKey() + ": " + controls());
                assertEquals(List.of(), console.complaints(), page.getKey());
            }
        }
        console.go("new");
        console.awaitText("The page needs the role operator");
        for (String page : OF_OPERATORS.keySet()) {
            console.go(page);
            console.awaitText("The page needs the role operator");
        }
        for (String page : OF_ADMINS.keySet()) {
            console.go(page);
            console.awaitText("The page needs the role admin");
        }
    }

    @Test
    void anOperatorIsOfferedWhatItMayDoAndNoMore() throws Exception {
        asRole("operator");
        assertOffers("modules", "", "Install a jar|Look at the folder");
        assertOffers("notifications?name=ops", "Send a test", "Save|Remove|Undo");
        assertOffers("modules/hello", "Pause.*New job", "Disable|Remove|Update|Roll back");
        assertOffers("modules/hello?tab=settings", "Pause", "Save");
        assertOffers("schedules/nightly", "Run now.*Pause.*Edit.*Remove", "Save");
        assertOffers("queue", "Pause the queue.*Remove all waiting", "Install");
        assertOffers("data/hello/notes", "Delete.*Save", "Install");
        assertOffers("server", "Look again", "Back up|Check the|Count them");
    }

    private void assertOffers(String place, String offered, String absent) throws Exception {
        console.open(place);
        console.awaitText(PAGES.getOrDefault(place, OF_OPERATORS.getOrDefault(place, "settings")));
        String controls = controls().replaceAll("\\s+", " ");
        assertTrue(controls.matches(".*" + offered + ".*"), place + ": " + controls);
        assertFalse(controls.matches(".*(" + absent + ").*"), place + ": " + controls);
    }

    /** The names of what can be pressed on the page, without what is around it. */
    private String controls() {
        return console.value(
                        "[...document.querySelectorAll('main button, main a.button, main label.button')].map(each => each.textContent.trim()).join(' | ')")
                .asText();
    }

    private void asRole(String role) throws Exception {
        String token = server.api()
                .post("/tokens", Map.of("name", "someone", "role", role))
                .expect(201)
                .get("token")
                .asText();
        console = ConsoleTab.open(server, folder.resolve("profile"));
        console.go("design");
        console.type("#token", token);
        console.press("Sign in");
        console.await("it is signed in", "document.querySelector('.side a')");
    }
}

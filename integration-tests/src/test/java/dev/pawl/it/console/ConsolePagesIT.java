package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages of a console with something on each: in each theme and width, and for each role. */
@NeedsProgram("chromium")
class ConsolePagesIT extends ConsoleCase {

    private static final int PHONE = 360;
    private static final int DESKTOP = 1280;

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

    /** Keeps the places at which the Tab key should stop, and counts them. A browser stops at what scrolls too. */
    private static final String REACHABLE = """
            (window.reachable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(each => !each.disabled && each.tabIndex >= 0
              && each.checkVisibility({visibilityProperty: true})
              && !(each.type === 'radio' && each !== (document.querySelector(`input[type=radio][name="${each.name}"]:checked`) ?? document.querySelector(`input[type=radio][name="${each.name}"]`))))).length""";

    /** The controls that have no edge where the system's few colours are forced upon the page. */
    private static final String WITHOUT_EDGE = """
            JSON.stringify(matchMedia('(forced-colors: active)').matches
              ? [...document.querySelectorAll('.button, .chip, input, select, textarea')].filter(each => each.checkVisibility()
                && !each.matches('.away, [type=checkbox], [type=radio]') && parseFloat(getComputedStyle(each).borderTopWidth) === 0).map(each => each.outerHTML.slice(0, 100))
              : 'no colours are forced')""";

    /** Notes the place at which the Tab key has stopped, and names it. */
    private static final String NOTED = """
            (() => {
              const at = document.activeElement;
              if (at === document.body) { return 'BODY'; }
              window.stops.add(at);
              const box = (at.closest('label') ?? at).getBoundingClientRect();
              const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
              return (inSight ? '' : 'hidden ') + at.outerHTML.slice(0, 120);
            })()""";

    /** The pages that docs/console.md shows in both themes, and the names of their pictures. */
    private static final Map<String, String> DOCUMENTED = Map.ofEntries(
            Map.entry("new?module=hello", "new"),
            Map.entry("modules", "modules"),
            Map.entry("modules/hello", "module"),
            Map.entry("schedules", "schedules"),
            Map.entry("schedules/nightly", "schedule"),
            Map.entry("queue", "queue"),
            Map.entry("data", "data"),
            Map.entry("data/hello/notes", "document"),
            Map.entry("notifications?name=ops", "notification"),
            Map.entry("hooks?name=deploy", "hook"),
            Map.entry("tokens", "tokens"),
            Map.entry("audit", "audit"),
            Map.entry("server", "server"));

    private static final Map<String, String> OF_ADMINS = Map.of(
            "hooks",
            "deploy",
            "hooks?name=deploy",
            "How often",
            "hooks?new=1",
            "Inputs that a call brings",
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

    @Override
    void furnish() {
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

    @Test
    void noPageHasAFaultOnALightPhoneOrADarkDesktop() throws Exception {
        look("light", PHONE);
        look("dark", DESKTOP);
    }

    @Test
    @Tag("nightly")
    void noPageHasAFaultInTheOtherThemeOfEachWidth() throws Exception {
        look("dark", PHONE);
        look("light", DESKTOP);
    }

    private void look(String scheme, int width) throws Exception {
        console.look(width, 800, scheme);
        for (Map.Entry<String, String> page : all().entrySet()) {
            console.open(page.getKey());
            console.awaitText(page.getValue());
            console.await("it shows data", "!document.querySelector('.skeleton')");
            console.assertSound(page.getKey() + " " + scheme + " " + width);
            String look = page.getKey().replaceAll("[^a-z]+", "-") + "-" + width + "-" + scheme;
            console.assertLayout(look);
            if (width == DESKTOP && DOCUMENTED.containsKey(page.getKey())) {
                console.renew(DOCUMENTED.get(page.getKey()) + "-" + scheme);
            } else if (look.equals("modules-360-light")) {
                console.renew("modules-phone-light");
            }
        }
    }

    @Test
    void aLayoutThatIsBrokenIsSeen() throws Exception {
        console.look(1280, 800, "dark");
        console.open("modules/hello");
        console.awaitText("Greets somebody");
        console.await("it shows data", "!document.querySelector('.skeleton')");
        console.picture("sound");
        assertEquals(Optional.empty(), console.differenceFromKept("sound", "modules-hello-1280-dark"));
        for (String broken : List.of(
                ".side { display: none !important; }",
                "main * { font-size: 26px !important; }",
                ".card { background: #fff !important; min-height: 700px; }",
                "main { padding-left: 400px !important; }")) {
            console.value("(() => { const broken = new CSSStyleSheet(); broken.replaceSync('" + broken
                    + "'); document.adoptedStyleSheets = [broken]; })()");
            console.picture("broken");
            assertTrue(
                    console.differenceFromKept("broken", "modules-hello-1280-dark")
                            .isPresent(),
                    broken);
        }
    }

    private static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(PAGES);
        all.putAll(OF_OPERATORS);
        all.putAll(OF_ADMINS);
        return all;
    }

    @Test
    void theTabKeyReachesAllThatCanBePressedAndNothingMovesForWhoWantsRest() throws Exception {
        console.tab()
                .send(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(
                                        Map.of("name", "prefers-reduced-motion", "value", "reduce"),
                                        Map.of("name", "forced-colors", "value", "active"))));
        for (Map.Entry<String, String> page : all().entrySet()) {
            console.open(page.getKey());
            console.awaitText(page.getValue());
            console.await("it shows data", "!document.querySelector('.skeleton')");
            assertEquals(
                    0,
                    console.value(
                                    "document.getAnimations().filter(each => each.effect.getComputedTiming().duration > 20).length")
                            .asInt(),
                    page.getKey());
            assertEquals("[]", console.value(WITHOUT_EDGE).asText(), page.getKey());
            int stops = console.value(REACHABLE).asInt();
            console.value("(() => { window.stops = new Set(); document.activeElement.blur(); })()");
            String at = "";
            for (int n = 0; n < 2 * stops + 10 && !at.equals("BODY"); n++) {
                console.key("Tab");
                at = console.value(NOTED).asText();
                assertFalse(at.startsWith("hidden"), page.getKey() + ": " + at);
            }
            assertEquals("BODY", at, page.getKey() + ": the focus does not come to the end");
            assertEquals(
                    "",
                    console.value(
                                    "window.reachable.filter(each => !window.stops.has(each)).map(each => each.outerHTML.slice(0, 120)).join()")
                            .asText(),
                    page.getKey());
        }
    }

    @Test
    void eachDialogIsSoundAndLeftByEscape() throws Exception {
        assertDialog("modules/hello", "Remove", "No running job is touched");
        assertDialog("schedules/nightly", "Remove", "Remove the schedule");
        assertDialog("queue", "Remove all waiting", "waiting job is removed");
        assertDialog("data/hello/notes", "Delete", "Delete");
        assertDialog("data", "New document", "Write it");
        assertDialog("hooks?name=deploy", "Remove", "Calls of it are refused");
        assertDialog("notifications?name=ops", "Remove", "is dropped");
        assertDialog("tokens", "New token", "Make token");
        assertDialog("audit", "", "Copy the request id");
        assertDialog("server", "You and your choices", "Single-letter shortcuts");
        console.open("server");
        console.key("k", 2);
        console.await("the palette is open", "document.querySelector('[role=combobox]')");
        console.assertSound("the palette");
    }

    private void assertDialog(String place, String control, String text) throws Exception {
        for (String scheme : List.of("light", "dark")) {
            console.look(scheme.equals("light") ? 1280 : 360, 800, scheme);
            console.open(place);
            if (control.isEmpty()) {
                console.await("there are rows", "document.querySelector('.grid-row')");
                console.value("document.querySelector('.grid-row').click()");
            } else {
                console.press(control);
            }
            console.await("the dialog is open", "document.querySelector('dialog[open]')");
            console.awaitText(text);
            console.assertSound(place + ": " + control + " " + scheme);
            console.picture("dialog-" + place.replaceAll("[^a-z]+", "-") + "-" + scheme);
            assertTrue(
                    console.value("document.querySelector('dialog').contains(document.activeElement)")
                            .asBoolean(),
                    place);
            console.key("Escape");
            console.await("the dialog is closed", "!document.querySelector('dialog')");
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
        assertOffers("modules", "", "Install a module|Look at the folder");
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
        String controls = controls();
        assertTrue(controls.matches(".*" + offered + ".*"), place + ": " + controls);
        assertFalse(controls.matches(".*(" + absent + ").*"), place + ": " + controls);
    }
}

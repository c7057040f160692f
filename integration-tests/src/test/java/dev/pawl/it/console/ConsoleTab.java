package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.browser.Tab;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The console in a tab of a real browser: goes to its places, presses what a person would press, and keeps what the browser complains of. */
public final class ConsoleTab implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PICTURES = Path.of("target/console");

    /** The layouts with which pictures are compared. */
    private static final Path LAYOUTS = Path.of("src/test/resources/console-layouts");

    /** Where the pictures of the documentation are renewed; nowhere unless asked for. */
    private static final String RENEWED = System.getProperty("pawl.pictures", "");

    /** The controls that a person can press; of several the one in the dialog that lies on top. */
    private static final String PRESS = """
            (text => {
              const scope = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
              const name = each => (each.getAttribute('aria-label') ?? each.textContent).trim().replace(/\\s+/g, ' ');
              const all = [...scope.querySelectorAll('button, a, summary, [role=option]')].filter(each => each.checkVisibility() && !each.disabled);
              const found = all.find(each => name(each) === text) ?? all.find(each => name(each).startsWith(text));
              found?.click();
              return Boolean(found);
            })(%s)""";

    private final Tab tab;
    private final String url;

    private ConsoleTab(Tab tab, String url) {
        this.tab = tab;
        this.url = url;
    }

    /** Opens a browser of its own, not signed in. */
    public static ConsoleTab open(Server server, Path profile) throws Exception {
        Files.createDirectories(PICTURES);
        return new ConsoleTab(
                Tab.open(Files.createDirectories(profile)), server.url().toString());
    }

    /** Opens a browser of its own and signs it in by a one-time code, with the admin's token. */
    public static ConsoleTab signedIn(Server server, Path profile) throws Exception {
        ConsoleTab console = open(server, profile);
        console.signIn(server);
        return console;
    }

    /** Signs the browser in by a one-time code, with the admin's token. */
    public void signIn(Server server) throws Exception {
        String code = server.api()
                .post("/session/codes", Map.of())
                .expect(201)
                .get("code")
                .asText();
        go("#code=" + code);
        await("it is signed in", "document.querySelector('.side a[href$=\"/jobs\"]')");
    }

    /** The tab. */
    public Tab tab() {
        return tab;
    }

    /** Goes to a place by its address, as if a person had entered it. */
    public void go(String path) throws Exception {
        tab.show(url + "/console/" + path);
    }

    /** Goes to a place, and waits until it shows its heading. */
    public void open(String path) throws Exception {
        go(path);
        await("the page is there", "document.querySelector('main h1')");
    }

    /** Sets the size of the window and the theme that the system has. */
    public void look(int width, int height, String scheme) throws Exception {
        tab.look(width, height, scheme);
    }

    /** The seconds of a processor that the page has taken so far, whatever else takes the machine: the differences of two calls count. */
    public double processor() throws Exception {
        tab.send("Performance.enable", Map.of("timeDomain", "threadTicks"));
        for (JsonNode metric : tab.send("Performance.getMetrics", Map.of()).get("metrics")) {
            if (metric.get("name").asText().equals("TaskDuration")) {
                return metric.get("value").asDouble();
            }
        }
        throw new IllegalStateException("The browser does not measure its tasks.");
    }

    /** Waits until an expression holds. */
    public void await(String what, String expression) {
        Eventually.eventually(
                what, () -> tab.value("Boolean(" + expression + ")").asBoolean());
    }

    /** Waits until the page shows a text. */
    public void awaitText(String text) {
        await("the page shows " + text, "document.body.innerText.replace(/\\s+/g, ' ').includes(" + quoted(text) + ")");
    }

    /** Presses a button or link by its name, or by the beginning of it. */
    public void press(String name) {
        Eventually.eventually("there is " + name, () -> tab.value(PRESS.formatted(quoted(name)))
                .asBoolean());
    }

    /** Types a text into a field, as if it was pasted. */
    public void type(String selector, String text) {
        await("there is " + selector, "document.querySelector(" + quoted(selector) + ")");
        value(
                "(() => { const field = document.querySelector(" + quoted(selector) + "); field.focus(); field.value = "
                        + quoted(text)
                        + "; field.dispatchEvent(new Event('input', {bubbles: true})); field.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    /** Presses a key of the keyboard. */
    public void key(String key) throws Exception {
        key(key, 0);
    }

    /** Presses a key with modifiers: 1 alt, 2 control, 8 shift. */
    public void key(String key, int modifiers) throws Exception {
        boolean isText = key.length() == 1 && (modifiers & 3) == 0;
        tab.send(
                "Input.dispatchKeyEvent",
                isText
                        ? Map.of("type", "keyDown", "key", key, "text", key, "modifiers", modifiers)
                        : Map.of(
                                "type",
                                "rawKeyDown",
                                "key",
                                key,
                                "code",
                                key,
                                "modifiers",
                                modifiers,
                                "windowsVirtualKeyCode",
                                code(key)));
        tab.send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "modifiers", modifiers));
    }

    private static int code(String key) {
        return switch (key) {
            case "Enter" -> 13;
            case "Escape" -> 27;
            case "End" -> 35;
            case "Home" -> 36;
            case "ArrowUp" -> 38;
            case "ArrowDown" -> 40;
            case "PageUp" -> 33;
            case "PageDown" -> 34;
            case "Tab" -> 9;
            default -> key.toUpperCase(java.util.Locale.ROOT).charAt(0);
        };
    }

    /** The value of an expression. */
    public JsonNode value(String expression) {
        try {
            return tab.value(expression);
        } catch (Exception e) {
            throw new AssertionError(expression, e);
        }
    }

    /** The number of elements. */
    public int count(String selector) {
        return value("document.querySelectorAll(" + quoted(selector) + ").length")
                .asInt();
    }

    /** The path, query and fragment of the place. */
    public String place() {
        return value("location.pathname + location.search + location.hash").asText();
    }

    /** Writes what the window shows into {@code target/console}. */
    public void picture(String name) throws Exception {
        tab.picture(PICTURES.resolve(name + ".png"));
    }

    /** Asserts that the window shows loosely what it did when its layout was kept; with {@code -Dpawl.layouts=renew} it is kept anew. */
    public void assertLayout(String name) throws Exception {
        picture(name);
        if (System.getProperty("pawl.layouts", "").equals("renew")) {
            Files.createDirectories(LAYOUTS);
            Files.writeString(
                    LAYOUTS.resolve(name + ".txt"),
                    PageLayout.of(PICTURES.resolve(name + ".png")).text());
        }
        Optional<String> difference = differenceFromKept(name, name);
        assertTrue(
                difference.isEmpty(),
                () -> "The layout of " + PICTURES.resolve(name + ".png") + " is not the one that was kept: "
                        + difference.orElseThrow() + "\nWhen it is meant to be, -Dpawl.layouts=renew keeps it.");
    }

    /** The differences of a picture from the layout that is kept under a name; empty when it is loosely the same. */
    public Optional<String> differenceFromKept(String picture, String name) throws IOException {
        return PageLayout.of(PICTURES.resolve(picture + ".png"))
                .differenceFrom(PageLayout.read(LAYOUTS.resolve(name + ".txt")));
    }

    /** Renews a picture of the documentation with what the window shows, when that is asked for. */
    public void renew(String name) throws Exception {
        if (!RENEWED.isEmpty()) {
            Path file = Files.createDirectories(Path.of(RENEWED)).resolve(name + ".png");
            tab.picture(file);
            SmallPicture.shrink(file);
        }
    }

    /** The complaints of the browser since the page was loaded: errors of scripts, and of the policy. Answers that refuse are the page's business. */
    public List<String> complaints() {
        return Stream.of("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
                .flatMap(tab::events)
                .filter(event -> !event.at("/entry/source").asText().equals("network"))
                .filter(event -> !event.path("type").asText().matches("log|debug|info"))
                .map(JsonNode::toString)
                .toList();
    }

    /** The faults that axe finds in what the page shows now. */
    public List<String> faults() throws Exception {
        if (!tab.value("typeof axe === 'object'").asBoolean()) {
            tab.value(script() + ";0");
        }
        JsonNode found = tab.value(
                "axe.run(document, {resultTypes: ['violations']}).then(all => all.violations.map(each => ({id: each.id, nodes: each.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' | ' + node.failureSummary)})))");
        List<String> faults = new ArrayList<>();
        found.forEach(fault -> faults.add(fault.toString()));
        return faults;
    }

    /** Asserts that neither the browser nor axe has anything to say, and that nothing is wider than the window. */
    public void assertSound(String where) throws Exception {
        assertEquals(List.of(), complaints(), where);
        assertEquals(List.of(), faults(), where);
        assertTrue(
                tab.value("document.documentElement.scrollWidth <= innerWidth").asBoolean(),
                () -> where + " is wider than the window");
    }

    private static String script() throws IOException {
        try (InputStream in = ConsoleTab.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tab.close();
    }
}

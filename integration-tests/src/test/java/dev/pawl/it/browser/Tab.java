package dev.pawl.it.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tab of a real browser that reaches nothing but this machine, driven through the DevTools protocol. */
public final class Tab implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 30;

    /** A browser that used no processor for so long rests; the system counts in hundredths of a second. */
    private static final Duration REST = Duration.ofMillis(500);

    private final Process browser;
    private final String devTools;
    private final WebSocket socket;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private Tab(Process browser, String devTools, String address) {
        this.browser = browser;
        this.devTools = devTools;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Messages())
                .join();
    }

    /** Starts a browser with one empty tab. */
    public static Tab open(Path profile) throws IOException, InterruptedException {
        return open(profile, List.of());
    }

    /**
     * Starts a browser with one empty tab.
     *
     * @param hosts names that lead to this machine, as those of a foreign site may
     */
    public static Tab open(Path profile, List<String> hosts) throws IOException, InterruptedException {
        String here = hosts.stream().map(host -> "MAP " + host + " 127.0.0.1, ").collect(Collectors.joining());
        Process browser = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--remote-debugging-port=0",
                        "--host-resolver-rules=" + here + "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                        "--no-first-run",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Eventually.eventually(
                "the browser listens",
                () -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        String devTools = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/";
        JsonNode tabs = ask(HttpRequest.newBuilder(URI.create(devTools + "list")));
        for (JsonNode tab : tabs) {
            if (tab.get("type").asText().equals("page")) {
                return new Tab(
                        browser, devTools, tab.get("webSocketDebuggerUrl").asText());
            }
        }
        browser.destroyForcibly();
        throw new IllegalStateException("The browser has no tab: " + tabs);
    }

    private static JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body());
    }

    /** Opens another tab of the same browser. Closing either ends the browser. */
    public Tab another() throws IOException, InterruptedException {
        JsonNode tab = ask(HttpRequest.newBuilder(URI.create(devTools + "new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody()));
        return new Tab(browser, devTools, tab.get("webSocketDebuggerUrl").asText());
    }

    /** Waits until the browser itself has nothing to do: a browser that has just been started is busy for a second or two. */
    public void awaitRest() throws InterruptedException {
        var seen = new Object() {
            Duration used = Duration.ZERO;
            long since = System.nanoTime();
        };
        Eventually.eventually("the browser rests", () -> {
            Duration used = Stream.concat(Stream.of(browser.toHandle()), browser.descendants())
                    .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
            if (!used.equals(seen.used)) {
                seen.used = used;
                seen.since = System.nanoTime();
            }
            return System.nanoTime() - seen.since > REST.toNanos();
        });
    }

    /** Sends a command; returns its result. */
    public JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode told = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (told.has("error")) {
            throw new AssertionError(method + ": " + told.get("error"));
        }
        return told.get("result");
    }

    /** Shows an address, and waits until all of it is there. */
    public void show(String address) throws Exception {
        events.clear();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(domain + ".enable", Map.of());
        }
        send("Page.navigate", Map.of("url", address));
        Eventually.eventually(
                "the page is there",
                () -> events("Page.loadEventFired").findAny().isPresent());
    }

    /** Sets the size of the window and the colour scheme that the user prefers. */
    public void look(int width, int height, String scheme) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The value of an expression, which may be a promise. */
    public JsonNode value(String expression) throws Exception {
        JsonNode told =
                send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (told.has("exceptionDetails")) {
            throw new AssertionError(told.get("exceptionDetails").toString());
        }
        return told.get("result").path("value");
    }

    /** Writes what the window shows into a PNG. */
    public void picture(Path file) throws Exception {
        JsonNode told = send("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(file, Base64.getDecoder().decode(told.get("data").asText()));
    }

    /** The parameters of the events of a kind since the page was asked for. */
    public Stream<JsonNode> events(String method) {
        return events.stream()
                .filter(event -> event.get("method").asText().equals(method))
                .map(event -> event.get("params"));
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> parts =
                browser.descendants().toList(); // they may write into the profile for longer than the browser itself
        browser.destroy();
        browser.onExit()
                .completeOnTimeout(browser, LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        browser.destroyForcibly();
        parts.forEach(ProcessHandle::destroyForcibly);
        parts.forEach(part -> part.onExit()
                .completeOnTimeout(part, LIMIT_SECONDS, TimeUnit.SECONDS)
                .join());
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode told = JSON.readTree(message);
                if (told.has("id")) {
                    answers.remove(told.get("id").asInt()).complete(told);
                } else {
                    events.add(told);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

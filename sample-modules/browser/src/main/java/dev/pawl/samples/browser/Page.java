package dev.pawl.samples.browser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A page in a browser context of its own: nothing that it stores is seen by other contexts, or outlives it. Its traffic goes through the gate
 * that it was opened with. Used by one thread.
 */
final class Page implements AutoCloseable {

    private static final long LONGEST_CLOSE_S = 2;

    private final DevTools devTools;
    private final String context;
    private final String session;
    private final PageEvents events;

    private Page(DevTools devTools, String context, String session, PageEvents events) {
        this.devTools = devTools;
        this.context = context;
        this.session = session;
        this.events = events;
    }

    /** Opens an empty page of that size. */
    static Page open(Browser browser, Gate gate, Viewport viewport, StepTime time)
            throws StepException, BrowserGoneException, InterruptedException {
        DevTools devTools = browser.devTools();
        Commands root = new Commands(devTools, null, browser::isUsable);
        String context = root.text(
                time,
                "Target.createBrowserContext",
                Map.of("disposeOnDetach", true, "proxyServer", gate.address(), "proxyBypassList", "<-loopback>"),
                "browserContextId");
        root.call(time, "Browser.setDownloadBehavior", Map.of("behavior", "deny", "browserContextId", context));
        String target = root.text(
                time, "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context), "targetId");
        String session =
                root.text(time, "Target.attachToTarget", Map.of("targetId", target, "flatten", true), "sessionId");
        PageEvents events = PageEvents.listen(devTools, session, target);
        Page page = new Page(devTools, context, session, events);
        for (String domain : List.of("Page.enable", "Inspector.enable")) {
            page.call(time, domain, Map.of());
        }
        page.call(
                time,
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        viewport.width(),
                        "height",
                        viewport.height(),
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
        if (viewport.userAgent() != null) {
            page.call(time, "Emulation.setUserAgentOverride", Map.of("userAgent", viewport.userAgent()));
        }
        return page;
    }

    /** Sends a command to the page. */
    Map<String, Object> call(StepTime time, String method, Map<String, Object> parameters)
            throws StepException, BrowserGoneException, InterruptedException {
        return new Commands(devTools, session, () -> !events.hasCrashed() && !devTools.isGone())
                .call(time, method, parameters);
    }

    private Map<String, Object> callBrowser(StepTime time, String method, Map<String, Object> parameters)
            throws StepException, BrowserGoneException, InterruptedException {
        return new Commands(devTools, null, () -> !devTools.isGone()).call(time, method, parameters);
    }

    /** Loads an address and waits until the page is complete. */
    void load(String address, StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        Map<String, Object> answer = call(time, "Page.navigate", Map.of("url", address));
        if (answer.get("errorText") instanceof String error && !error.isEmpty()) {
            throw new StepException("the page cannot be loaded: " + error);
        }
        if (answer.get("isDownload") instanceof Boolean download && download) {
            throw new StepException("the address is a download, which is off");
        }
        awaitComplete(time);
    }

    /** Waits until nothing of the main frame is being loaded. */
    void awaitComplete(StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        while (events.isLoading() || !"complete".equals(evaluate("() => document.readyState", List.of(), time))) {
            time.pause("the page was not complete");
        }
    }

    /** Waits for what an action has begun, such as the next page after a click. */
    void settle(StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        evaluate("() => new Promise(done => setTimeout(done, 30))", List.of(), time);
        awaitComplete(time);
    }

    /**
     * Calls a function in the page.
     *
     * @param function its JavaScript; it returns a JSON value, or a promise of one
     * @param arguments JSON values
     * @return the value; null for undefined
     * @throws StepException with the exception's text when it throws
     */
    @Nullable
    Object evaluate(String function, List<?> arguments, StepTime time)
            throws StepException, BrowserGoneException, InterruptedException {
        String json = DevTools.json(arguments);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("expression", "(" + function + ")(..." + json + ")");
        parameters.put("returnByValue", true);
        parameters.put("awaitPromise", true);
        Map<String, Object> answer;
        try {
            answer = call(time, "Runtime.evaluate", parameters);
        } catch (StepException e) {
            if (!isNavigation(e)) {
                throw e;
            }
            time.pause("the page was being replaced by another one");
            return evaluate(function, arguments, time);
        }
        if (answer.get("exceptionDetails") instanceof Map<?, ?> details) {
            throw new StepException("the page's script failed: " + exception(details));
        }
        return answer.get("result") instanceof Map<?, ?> result ? result.get("value") : null;
    }

    /** Whether a script was ended because the page went, and not because of the script. */
    private static boolean isNavigation(StepException refusal) {
        String said = String.valueOf(refusal.getMessage());
        return said.contains("Inspected target navigated")
                || said.contains("Execution context was destroyed")
                || said.contains("Cannot find default execution context");
    }

    private static String exception(Map<?, ?> details) {
        Object thrown = details.get("exception");
        Object described = thrown instanceof Map<?, ?> object ? object.get("description") : null;
        String text = String.valueOf(described == null ? details.get("text") : described);
        return text.lines().findFirst().orElse(text);
    }

    /** The address that the page has now. */
    String address(StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        return Objects.toString(evaluate("() => location.href", List.of(), time), "");
    }

    /** All cookies of the page's context. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> cookies(StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        Object cookies = callBrowser(time, "Storage.getCookies", Map.of("browserContextId", context))
                .get("cookies");
        return cookies instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** Adds cookies to the page's context. */
    void cookies(List<Map<String, Object>> cookies, StepTime time)
            throws StepException, BrowserGoneException, InterruptedException {
        if (!cookies.isEmpty()) {
            callBrowser(
                    time,
                    "Storage.setCookies",
                    Map.of(
                            "browserContextId",
                            context,
                            "cookies",
                            cookies.stream().map(Page::settable).toList()));
        }
    }

    /** A cookie without what only describes it. A session cookie has no time at which it expires. */
    private static Map<String, Object> settable(Map<String, Object> cookie) {
        Map<String, Object> settable = new HashMap<>(cookie);
        settable.keySet()
                .retainAll(List.of(
                        "name",
                        "value",
                        "domain",
                        "path",
                        "secure",
                        "httpOnly",
                        "sameSite",
                        "expires",
                        "priority",
                        "partitionKey"));
        if (Boolean.TRUE.equals(cookie.get("session"))) {
            settable.remove("expires");
        }
        return settable;
    }

    /** Removes the page and its context; whether that succeeded. */
    boolean discard() {
        events.forget();
        CompletableFuture<Map<String, Object>> disposed =
                devTools.send(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
        try {
            disposed.get(LONGEST_CLOSE_S, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        discard();
    }
}

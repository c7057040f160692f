package dev.pawl.samples.browser;

import dev.pawl.api.module.TaskContext;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does single steps in a page. */
final class StepRunner {

    private static final int PROXY_AUTHENTICATION = 407;
    private static final int FIRST_ERROR = 400;

    private static final String STATUS = "() => performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0";

    private final TaskContext task;
    private final Steps steps;
    private final Tab tab;
    private final Consumer<Map<String, @Nullable Object>> results;

    StepRunner(TaskContext task, Steps steps, Tab tab, Consumer<Map<String, @Nullable Object>> results) {
        this.task = task;
        this.steps = steps;
        this.tab = tab;
        this.results = results;
    }

    /** Does a step, and makes sure that the page is still where it may be. */
    void run(Step step, StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        Elements elements = new Elements(tab.page(), time);
        switch (step.action()) {
            case GOTO -> load(String.valueOf(step.url()), time);
            case WAIT_FOR -> elements.await(selector(step), !Boolean.FALSE.equals(step.visible()), step.text());
            case CLICK -> {
                elements.click(selector(step));
                tab.page().settle(time);
            }
            case FILL -> elements.fill(selector(step), steps.entered(step));
            case PRESS -> {
                elements.press(step.selector(), String.valueOf(step.key()));
                tab.page().settle(time);
            }
            case SELECT -> {
                elements.select(selector(step), step.value(), step.label());
                tab.page().settle(time);
            }
            case EXTRACT -> extract(step, elements, time);
            case SCREENSHOT -> screenshot(step, elements, time);
            case PDF -> results.accept(captures(time).pdf(String.valueOf(step.name())));
            case EVALUATE -> evaluate(step, time);
        }
        confine(time);
    }

    private static String selector(Step step) {
        return String.valueOf(step.selector());
    }

    private void load(String url, StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        tab.gate().failed(null);
        try {
            tab.page().load(url, time);
        } catch (StepException e) {
            String failure = whyNot(url(url));
            throw failure == null ? e : new StepException(e.getMessage() + "; " + failure);
        }
        confine(time);
        int status = tab.page().evaluate(STATUS, List.of(), time) instanceof Number number ? number.intValue() : 0;
        Upstream upstream = tab.gate().upstream();
        if (status == PROXY_AUTHENTICATION && upstream != null) {
            throw new StepException("the proxy " + upstream
                    + " refuses the user or the password of the setting proxy_url or proxy_rotation_url");
        }
        if (status >= FIRST_ERROR) {
            task.warning("The page " + Steps.withoutPassword(url) + " answers with status " + status + ".");
        }
    }

    private void extract(Step step, Elements elements, StepTime time)
            throws StepException, BrowserGoneException, InterruptedException {
        if (!Boolean.TRUE.equals(step.all())) {
            elements.awaitAny(selector(step));
        }
        int taken = new Extraction(tab.page(), time).take(step, selector(step), results);
        if (taken == 0) {
            task.warning("No element matches " + step.selector() + ", so there are no results of it.");
        }
    }

    private void screenshot(Step step, Elements elements, StepTime time)
            throws StepException, BrowserGoneException, InterruptedException {
        if (step.selector() != null) {
            elements.await(step.selector(), true, null);
        }
        results.accept(captures(time)
                .screenshot(String.valueOf(step.name()), step.selector(), Boolean.TRUE.equals(step.fullPage())));
    }

    private Captures captures(StepTime time) {
        return new Captures(tab.page(), time, task.workDir());
    }

    private void evaluate(Step step, StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        String function = "async () => { const it = (" + step.script()
                + "\n); return typeof it === 'function' ? await it() : await it; }";
        Object value = tab.page().evaluate(function, List.of(), time);
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put(step.name() == null ? "value" : step.name(), value);
        results.accept(result);
    }

    /** Refuses a page to which a link, a redirect or a script has led. */
    private void confine(StepTime time) throws StepException, BrowserGoneException, InterruptedException {
        String address = tab.page().address(time);
        if (address.startsWith("about:") || address.startsWith("blob:http")) {
            return;
        }
        if (address.startsWith("chrome-error:")) {
            String failure = tab.gate().failure();
            throw new StepException("the page cannot be loaded" + (failure == null ? "" : ": " + failure));
        }
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw new StepException("the page has become " + address.substring(0, Math.min(100, address.length()))
                    + "; only http:// and https:// are allowed");
        }
        URL url = url(address);
        int port = port(url);
        String refusal = tab.gate().refusal(url.getHost(), port);
        if (refusal != null) {
            throw new StepException(refusal);
        }
        if (!tab.gate().hosts().covers(url.getHost(), port)) { // a page that came without a connection
            throw new StepException("the page is of the host " + url.getHost() + ", which is not allowed");
        }
    }

    /** The reason why a page did not come: that its own host was refused, else that of another connection; null when none is known. */
    private @Nullable String whyNot(URL page) {
        String refusal = tab.gate().refusal(page.getHost(), port(page));
        return refusal == null ? tab.gate().failure() : refusal;
    }

    private static int port(URL url) {
        return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    }

    private static URL url(String address) throws StepException {
        try {
            return new URL(address); // as the browser spells it, which is not always a URI
        } catch (MalformedURLException e) {
            throw new StepException("the page has become " + address + ", which is no address");
        }
    }
}

package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import dev.pawl.testkit.JobHarness;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pool of browsers, and jobs that use it. */
final class Pool implements AutoCloseable {

    static final Limits USUAL = new Limits(2, Duration.ofHours(4), 100, Duration.ofMinutes(5));

    /** Settings that allow pages from loopback. */
    static final Map<String, ?> LOOPBACK =
            Map.of("allowed_hosts", List.of("127.0.0.1"), "private_hosts", List.of("127.0.0.1"), "step_timeout_s", 10);

    private final BrowserPool browsers;

    Pool() throws ValidationException {
        this(USUAL, InstantSource.system());
    }

    Pool(Limits limits, InstantSource clock) throws ValidationException {
        browsers = new BrowserPool(Chromium.find(null), limits, clock);
    }

    BrowserPool browsers() {
        return browsers;
    }

    /** A job that may load pages from loopback. */
    JobHarness job(List<Map<String, ?>> steps) {
        return job(steps, Map.of());
    }

    JobHarness job(List<Map<String, ?>> steps, Map<String, ?> otherInputs) {
        return job(steps, otherInputs, LOOPBACK);
    }

    JobHarness job(List<Map<String, ?>> steps, Map<String, ?> otherInputs, Map<String, ?> settings) {
        Map<String, Object> inputs = new HashMap<>(otherInputs);
        inputs.put("steps", steps);
        return JobHarness.of(() -> new BrowserModule(browsers)).inputs(inputs).settings(settings);
    }

    @Override
    public void close() {
        browsers.close();
    }
}

package dev.pawl.samples.browser;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * DevTools commands to a browser or one of its pages.
 *
 * @param session of the page; null for the browser
 * @param alive whether answers can still come
 */
record Commands(DevTools devTools, @Nullable String session, BooleanSupplier alive) {

    /** Sends a command and waits for its result. */
    Map<String, Object> call(StepTime time, String method, Map<String, Object> parameters)
            throws StepException, BrowserGoneException, InterruptedException {
        return time.await(devTools.send(session, method, parameters), () -> !alive.getAsBoolean());
    }

    /** Sends a command and waits for one text of its result. */
    String text(StepTime time, String method, Map<String, Object> parameters, String name)
            throws StepException, BrowserGoneException, InterruptedException {
        return String.valueOf(call(time, method, parameters).get(name));
    }
}

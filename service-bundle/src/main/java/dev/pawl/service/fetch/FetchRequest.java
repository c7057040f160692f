package dev.pawl.service.fetch;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to make through the proxy.
 *
 * @param url the address
 * @param method the method, in upper or lower case
 * @param headers the headers by name
 * @param body the content, sent in UTF-8; null for none
 * @param timeout the longest time until the whole answer has arrived, 100 ms to 5 minutes
 * @param browserMode whether the headers that browsers send are added where they are not given
 * @param sessionId the session under which the proxy keeps its address; null for none
 * @param geo the place from which the request leaves the proxy; null for any
 */
public record FetchRequest(
        String url,
        String method,
        Map<String, String> headers,
        @Nullable String body,
        Duration timeout,
        boolean browserMode,
        @Nullable String sessionId,
        @Nullable String geo) {

    /** The timeout of a request that names none. */
    public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public FetchRequest {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "timeout is " + timeout.toMillis() + " ms; it takes 0.1 to " + LONGEST.toSeconds() + " seconds.");
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}

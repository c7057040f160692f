package dev.pawl.samples.http;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a task.
 *
 * @param url the address of the first page
 * @param method the method of every request
 * @param headers headers of every request, by name
 * @param body the content of every request: a text, or any other JSON value
 * @param expectedStatus the statuses of a success: numbers, ranges such as 200-299, classes such as 2xx; 2xx when none is given
 * @param items a JSON pointer to the list whose entries become results; without it each page is one result
 * @param extract the fields of a result by name, each a JSON pointer into an entry, or into the page
 * @param paging how the next page is found; without it there is one page
 * @param retries how failed requests are repeated
 * @param requestsPerSecond the most requests a second; no limit when absent
 * @param requestsPerMinute the most requests a minute; no limit when absent
 * @param timeout the longest time for one request, from its beginning until its whole answer has arrived
 * @param maxRedirects the most redirects that one request follows
 * @param maxBodyBytes the most bytes of one answer, decoded
 * @param proxy whether requests go through the configured proxy
 * @param session the name under which the proxy keeps its address for several requests
 * @param geo the place from which requests leave the proxy
 */
public record HttpInputs(
        @Required @Bounds(min = 1, max = 8_192) @Description("The address of the first page.")
        String url,

        @Default("GET") @Description("The method of every request.")
        Method method,

        @Description("Headers of every request, by name; credentials belong into the settings.") @Nullable
        Map<String, String> headers,

        @Description("The content of every request: a text as it is, any other JSON value as JSON.") @Nullable
        Object body,

        @Description("Statuses that count as a success: 200, \"200-299\", \"2xx\"; \"2xx\" when none is given.")
        @Nullable
        List<Object> expectedStatus,

        @Description(
                "JSON pointer to the list whose entries become results, \"\" for the whole answer; without it, a page is a result.")
        @Nullable
        String items,

        @Description("Fields of a result by name, each a JSON pointer into its entry, or into the page without items.")
        @Nullable
        Map<String, String> extract,

        @Description("How the next page is found; without it there is one page.") @Nullable
        Paging paging,

        @Description("How failed requests are repeated; three times when not given.") @Nullable
        Retries retries,

        @Bounds(decimalMin = "0.001", decimalMax = "1000") @Description("The most requests a second.") @Nullable
        Double requestsPerSecond,

        @Bounds(decimalMin = "0.001", decimalMax = "60000") @Description("The most requests a minute.") @Nullable
        Double requestsPerMinute,

        @Default("30s") @Description("The longest time for one request and its whole answer, 100ms to 1h.")
        Duration timeout,

        @Default("5") @Bounds(min = 0, max = 20) @Description("How many redirects one request follows.")
        int maxRedirects,

        @Default("10485760") @Bounds(min = 1, max = 67_108_864) @Description("The most bytes of one answer, decoded.")
        int maxBodyBytes,

        @Default("false") @Description("Whether requests go through the configured proxy.")
        boolean proxy,

        @Description("The session under which a rotating proxy keeps one address for several requests.") @Nullable
        String session,

        @Description("The place from which requests leave the proxy, such as us, us-ny or newyork.") @Nullable
        String geo) {

    /** The methods of a request. */
    public enum Method {
        GET,
        HEAD,
        POST,
        PUT,
        PATCH,
        DELETE,
        OPTIONS;

        /** Whether repeating a request changes nothing more (RFC 9110, 9.2.2). */
        boolean isIdempotent() {
            return this != POST && this != PATCH;
        }
    }

    /** The ways in which services say where the next page is. */
    public enum Kind {
        /** By a {@code Link} header with {@code rel="next"} (RFC 8288). */
        LINK,
        /** By a value in the answer, which becomes a query parameter. */
        CURSOR,
        /** By counting, until a page has no entries. */
        PAGE
    }

    /**
     * How the next page is found.
     *
     * @param kind the way
     * @param cursor a JSON pointer to the next cursor, for {@link Kind#CURSOR}
     * @param parameter the query parameter of a cursor or of a page's number; {@code cursor} or {@code page} when absent
     * @param start the number of the first page, for {@link Kind#PAGE}
     * @param step the difference between two pages' numbers, for {@link Kind#PAGE}: the size of a page where offsets are counted
     * @param maxPages the most pages of a task
     */
    public record Paging(
            @Required @Description("link, cursor or page.") Kind kind,

            @Description("JSON pointer to the next cursor; for the kind cursor.") @Nullable
            String cursor,

            @Bounds(min = 1, max = 200) @Description("Query parameter of the cursor or of the page's number.") @Nullable
            String parameter,

            @Default("1")
            @Bounds(min = 0, max = 1_000_000_000)
            @Description("Number of the first page; for the kind page.")
            long start,

            @Default("1")
            @Bounds(min = 1, max = 1_000_000)
            @Description("Difference between two numbers; for the kind page.")
            long step,

            @Default("1000") @Bounds(min = 1, max = 1_000_000) @Description("The most pages of a task.")
            int maxPages) {

        String parameterName() {
            if (parameter != null) {
                return parameter;
            }
            return kind == Kind.CURSOR ? "cursor" : "page";
        }
    }

    /**
     * How failed requests are repeated: those that got no answer, or the status 429 or 5xx.
     *
     * @param count how often one request is repeated
     * @param backoff the wait before the first repetition; it doubles with each
     * @param longestWait the longest wait; a service that asks for more in Retry-After ends the task
     * @param allMethods whether POST and PATCH are repeated too
     */
    public record Retries(
            @Default("3") @Bounds(min = 0, max = 20) @Description("How often one request is repeated.")
            int count,

            @Default("1s") @Description("Wait before the first repetition; it doubles with each.")
            Duration backoff,

            @Default("5m") @Description("The longest wait, also for what Retry-After asks.")
            Duration longestWait,

            @Default("false") @Description("Whether POST and PATCH are repeated too.")
            boolean allMethods) {

        static final Retries USUAL = new Retries(3, Duration.ofSeconds(1), Duration.ofMinutes(5), false);
    }
}

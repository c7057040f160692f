package dev.pawl.samples.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.http.HttpInputs.Kind;
import dev.pawl.samples.http.HttpInputs.Paging;
import dev.pawl.samples.http.HttpInputs.Retries;
import dev.pawl.web.CallLimits;
import dev.pawl.web.Content;
import dev.pawl.web.References;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.WebClient;
import dev.pawl.web.WebRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checked inputs of a task.
 *
 * @param request the request for the first page, without credentials
 * @param fields the fields of a result, each a pointer; empty when a result is all there is
 * @param items the pointer to the list of entries; null when a page is one result
 * @param cursor the pointer to the next cursor; null when there is none
 */
record Plan(
        HttpInputs inputs,
        WebRequest request,
        ExpectedStatus expected,
        Map<String, JsonPointer> fields,
        @Nullable JsonPointer items,
        @Nullable JsonPointer cursor) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /**
     * Reads the inputs and holds them against the settings.
     *
     * @throws ValidationException names the input that is wrong and what it accepts
     */
    static Plan of(TaskContext task, Access access) throws ValidationException {
        HttpInputs inputs = task.inputs(HttpInputs.class);
        within("timeout", inputs.timeout(), SHORTEST, LONGEST);
        Paging paging = inputs.paging();
        Plan plan = new Plan(
                inputs,
                request(inputs, access),
                ExpectedStatus.of(inputs.expectedStatus()),
                fields(inputs),
                inputs.items() == null ? null : pointer("items", inputs.items()),
                paging == null || paging.cursor() == null ? null : pointer("paging.cursor", paging.cursor()));
        plan.checkPaging();
        Retries retries = plan.retries();
        within("retries.backoff", retries.backoff(), Duration.ofMillis(1), LONGEST);
        within("retries.longest_wait", retries.longestWait(), Duration.ofMillis(1), LONGEST_WAIT);
        return plan;
    }

    private static WebRequest request(HttpInputs inputs, Access access) throws ValidationException {
        URI url = null;
        try {
            url = References.parse(inputs.url());
            access.rules().check(url);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Accept", inputs.items() == null && inputs.extract() == null ? "*/*" : "application/json");
            if (inputs.body() != null) {
                headers.put(
                        "Content-Type",
                        inputs.body() instanceof String ? "text/plain; charset=utf-8" : "application/json");
            }
            WebRequest request = new WebRequest(inputs.method().name(), url, headers, body(inputs.body()))
                    .with(inputs.headers() == null ? Map.of() : inputs.headers());
            request.with(access.credentials().of(url)).checked();
            if (inputs.proxy()) {
                access.proxies().check(inputs.session(), inputs.geo());
            }
            return request;
        } catch (RefusedCallException refused) {
            throw new ValidationException(
                    url == null ? "url: " + refused.getMessage() : Access.advice(refused, url), refused);
        }
    }

    private static @Nullable Content body(@Nullable Object body) throws ValidationException {
        if (body == null) {
            return null;
        }
        try {
            return Content.of(
                    body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new ValidationException("body cannot be written as JSON: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static Map<String, JsonPointer> fields(HttpInputs inputs) throws ValidationException {
        Map<String, JsonPointer> fields = new LinkedHashMap<>();
        if (inputs.extract() != null) {
            for (Map.Entry<String, String> each : inputs.extract().entrySet()) {
                fields.put(each.getKey(), pointer("extract." + each.getKey(), each.getValue()));
            }
        }
        return fields;
    }

    private static JsonPointer pointer(String input, String text) throws ValidationException {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException malformed) {
            throw new ValidationException(
                    input + " is \"" + text + "\"; it takes a JSON pointer such as /data/items, or \"\" for the whole.",
                    malformed);
        }
    }

    private static void within(String input, Duration value, Duration least, Duration most) throws ValidationException {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ValidationException(input + " is " + value.toMillis() + "ms; it takes " + least.toMillis()
                    + "ms to " + most.toHours() + "h.");
        }
    }

    private void checkPaging() throws ValidationException {
        Paging paging = inputs.paging();
        if (paging == null) {
            return;
        }
        if (paging.kind() == Kind.CURSOR && cursor == null) {
            throw new ValidationException(
                    "paging.cursor is missing; the kind cursor takes a JSON pointer to the next cursor.");
        }
        if (paging.kind() == Kind.PAGE && items == null) {
            throw new ValidationException(
                    "items is missing; the kind page takes a JSON pointer to the list whose emptiness ends the paging.");
        }
    }

    Retries retries() {
        return inputs.retries() == null ? Retries.USUAL : inputs.retries();
    }

    CallLimits limits() {
        return new CallLimits(inputs.timeout(), inputs.maxBodyBytes(), inputs.maxRedirects());
    }

    WebClient.Way way() {
        return new WebClient.Way(inputs.proxy(), inputs.session(), inputs.geo());
    }

    /** Whether a failed request is repeated. */
    boolean repeats() {
        return inputs.method().isIdempotent() || retries().allMethods();
    }
}

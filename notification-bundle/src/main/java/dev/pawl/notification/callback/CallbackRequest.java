package dev.pawl.notification.callback;

import dev.pawl.notification.callback.Outcome.End;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.web.CallLimits;
import dev.pawl.web.Content;
import dev.pawl.web.References;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.WebAnswer;
import dev.pawl.web.WebClient;
import dev.pawl.web.WebRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The request that tells a receiver of an event. Any answer with 2xx is a success, however its content goes on; redirects are not followed, since they
 * would lead where nobody has judged, and 410 ends the delivery.
 */
final class CallbackRequest {

    /** The longest time of a request with its answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** The most bytes that are read of an answer. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int GONE = 410;
    private static final int LONGEST_SECONDS = 9;

    private final CallbackRules rules;
    private final WebClient client;
    private final InstantSource clock;
    private final CallLimits limits;

    CallbackRequest(CallbackRules rules, WebClient client, InstantSource clock, Duration timeout) {
        this.rules = rules;
        this.client = client;
        this.clock = clock;
        this.limits = new CallLimits(timeout, MOST_BYTES, 0, true);
    }

    /**
     * Sends an event.
     *
     * @param request the request of the job: the callback that it asks for, and its place in a trace, which the receiver gets
     * @param unwanted asked every 100 ms; the request ends soon when it is true
     * @throws CancellationException when it was not wanted any more
     */
    Outcome send(DueDelivery delivery, JobRequest request, byte[] key, byte[] body, BooleanSupplier unwanted) {
        Instant at = clock.instant();
        long began = System.nanoTime();
        try {
            URI url = References.parse(request.callback().orElseThrow().url());
            rules.judge(url);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json; charset=utf-8");
            headers.put("Accept-Encoding", "identity");
            headers.put("X-Pawl-Event", delivery.event().wireName());
            headers.put("X-Pawl-Delivery", Delivery.id(delivery.job(), delivery.event()));
            headers.put("X-Pawl-Timestamp", String.valueOf(at.getEpochSecond()));
            headers.put("X-Pawl-Signature", Signature.of(key, at, body));
            request.traceParent().ifPresent(place -> headers.put("traceparent", place.toString()));
            WebRequest post = new WebRequest("POST", url, headers, Content.of(body));
            return outcome(client.call(post, WebClient.Way.DIRECT, limits, unwanted), at, since(began));
        } catch (RefusedCallException refused) {
            return failed(at, since(began), CallbackRules.explained(refused));
        } catch (IOException e) {
            return failed(at, since(began), String.valueOf(e.getMessage()));
        }
    }

    /** A try that came to nothing before or instead of an answer. */
    static Outcome failed(Instant at, Duration took, String error) {
        return new Outcome(new DeliveryTry(at, took, null, error, null), End.FAILED, null);
    }

    private Outcome outcome(WebAnswer answer, Instant at, Duration took) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome(new DeliveryTry(at, took, status, null, null), End.DELIVERED, null);
        }
        String error = "The receiver answers " + status + advice(status);
        DeliveryTry made = new DeliveryTry(at, took, status, error, beginning(answer));
        return new Outcome(
                made, status == GONE ? End.REFUSED : End.FAILED, wish(answer).orElse(null));
    }

    private static String advice(int status) {
        if (status == GONE) {
            return ": it wants no more, and is not told again.";
        }
        return status >= 300 && status < 400
                ? ", a redirect, which is not followed. Give the address to which it leads as callback_url."
                : ".";
    }

    private static @Nullable String beginning(WebAnswer answer) {
        String text = answer.body().text(StandardCharsets.UTF_8);
        String start =
                text.length() > DeliveryTry.MOST_OF_ANSWER ? text.substring(0, DeliveryTry.MOST_OF_ANSWER) : text;
        String shown = start.replaceAll("[\\p{Cntrl}\\p{Cf}\\ufffd]", " ").strip();
        return shown.isEmpty() ? null : shown;
    }

    /** The header Retry-After (RFC 9110, 10.2.3), in seconds or as a date; a date of the past is no wish. */
    private Optional<Duration> wish(WebAnswer answer) {
        String value = answer.header("retry-after").orElse("").strip();
        if (value.matches("\\d{1," + LONGEST_SECONDS + "}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(clock.instant(), time)).filter(left -> !left.isNegative());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}

package dev.pawl.notification.delivery;

import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.service.notification.DeliveryTry;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to receivers. Any answer with 2xx is a success, however its content goes on; redirects are not followed, since they would lead where nobody has
 * judged. Safe for many threads.
 */
public final class Receivers {

    /** The longest time of a request with its answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** The most bytes that are read of an answer. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int GONE = 410;
    private static final int LONGEST_SECONDS = 9;

    private final CallbackRules rules;
    private final WebClient client;
    private final InstantSource clock;
    private final CallLimits limits;
    private final Kind kind;

    /**
     * The kind of requests.
     *
     * @param field the name of the field with the address, for its user
     * @param refusals the statuses by which a receiver says that it will never take this content
     */
    public record Kind(String field, Set<Integer> refusals) {

        /** Callbacks, whose receivers are programs of whoever starts the job: they say by 410 that they want no more. */
        public static final Kind CALLBACK = new Kind("callback_url", Set.of(GONE));

        /** Notifications, which services refuse for good whose form they do not take. */
        public static final Kind NOTIFICATION = new Kind("url", Set.of(400, GONE, 413, 415, 422));
    }

    /**
     * Requests by a client.
     *
     * @param timeout the longest time of a request with its answer
     */
    public Receivers(CallbackRules rules, WebClient client, InstantSource clock, Duration timeout, Kind kind) {
        this.rules = rules;
        this.client = client;
        this.clock = clock;
        this.limits = new CallLimits(timeout, MOST_BYTES, 0, true);
        this.kind = kind;
    }

    /**
     * Sends JSON by POST.
     *
     * @param address the address
     * @param at the time of the try
     * @param headers further headers
     * @param unwanted asked every 100 ms; the request ends soon when it is true
     * @throws CancellationException when it was not wanted any more
     */
    public Outcome send(
            String address, Instant at, Map<String, String> headers, byte[] body, BooleanSupplier unwanted) {
        long began = System.nanoTime();
        try {
            URI url = References.parse(address);
            rules.judge(url);
            WebRequest post = new WebRequest(
                    "POST",
                    url,
                    Map.of("Content-Type", "application/json; charset=utf-8", "Accept-Encoding", "identity"),
                    Content.of(body));
            return outcome(client.call(post.with(headers), WebClient.Way.DIRECT, limits, unwanted), at, since(began));
        } catch (RefusedCallException refused) {
            return Outcome.failed(at, since(began), CallbackRules.explained(refused));
        } catch (IOException e) {
            return Outcome.failed(at, since(began), String.valueOf(e.getMessage()));
        }
    }

    private Outcome outcome(WebAnswer answer, Instant at, Duration took) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome(new DeliveryTry(at, took, status, null, null), End.DELIVERED, null);
        }
        boolean isRefused = kind.refusals().contains(status);
        String error = "The receiver answers " + status + advice(status, isRefused);
        DeliveryTry made = new DeliveryTry(at, took, status, error, beginning(answer));
        return new Outcome(
                made, isRefused ? End.REFUSED : End.FAILED, wish(answer).orElse(null));
    }

    private String advice(int status, boolean isRefused) {
        if (status == GONE) {
            return ": it wants no more, and is not told again.";
        }
        if (isRefused) {
            return ": it does not take the message, which is not sent again. Check that format is that of the receiver.";
        }
        return status >= 300 && status < 400
                ? ", a redirect, which is not followed. Give the address to which it leads as " + kind.field() + "."
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

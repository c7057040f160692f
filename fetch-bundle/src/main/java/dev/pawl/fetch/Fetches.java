package dev.pawl.fetch;

import dev.pawl.service.fetch.FetchRequest;
import dev.pawl.service.fetch.Fetched;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.web.CallLimits;
import dev.pawl.web.Content;
import dev.pawl.web.References;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.WebAnswer;
import dev.pawl.web.WebClient;
import dev.pawl.web.WebRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests through a proxy: {@value #MOST_AT_ONCE} at a time and {@value #MOST_WAITING} that wait, so that together they take a bounded
 * number of threads and amount of memory. Safe for many threads; {@link #close} ends them all.
 */
final class Fetches implements AutoCloseable {

    static final int MOST_AT_ONCE = 8;
    static final int MOST_WAITING = 32;

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_REDIRECTS = 10;
    private static final long IDLE_S = 10;

    /** Headers as browsers send them. */
    private static final Map<String, String> BROWSER = Map.of(
            "User-Agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            "Accept",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language",
            "en-US,en;q=0.9");

    private final WebClient client;
    private final ThreadPoolExecutor threads;
    private volatile boolean closed;

    Fetches(WebClient client) {
        this.client = client;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                MOST_AT_ONCE, MOST_AT_ONCE, IDLE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "pawl-fetch-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    CompletionStage<Fetched> fetch(FetchRequest request) {
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(answer(request));
                } catch (RuntimeException | Error bug) {
                    result.completeExceptionally(bug);
                }
            });
        } catch (RejectedExecutionException full) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "The server makes " + MOST_AT_ONCE + " requests through the proxy, and " + MOST_WAITING
                            + " wait for their turn.",
                    full);
        }
        return result;
    }

    private Fetched answer(FetchRequest request) {
        if (closed) {
            return Fetched.failed("The server stops.");
        }
        try {
            WebAnswer answer = client.call(
                    web(request),
                    new WebClient.Way(true, request.sessionId(), request.geo()),
                    new CallLimits(request.timeout(), MOST_BYTES, MOST_REDIRECTS),
                    () -> closed);
            Map<String, String> headers = new LinkedHashMap<>();
            answer.headers().forEach((name, values) -> headers.put(name, client.masked(String.join(", ", values))));
            return new Fetched(true, client.masked(answer.text()), answer.status(), headers, null);
        } catch (RefusedCallException refused) {
            return Fetched.failed(refused.getMessage() + advice(refused));
        } catch (IOException | CancellationException | IllegalArgumentException e) {
            return Fetched.failed(String.valueOf(e.getMessage()));
        }
    }

    private static WebRequest web(FetchRequest request) throws RefusedCallException {
        Map<String, String> headers = request.browserMode() ? BROWSER : Map.of();
        Content body = request.body() == null ? null : Content.of(request.body().getBytes(StandardCharsets.UTF_8));
        return new WebRequest(request.method().toUpperCase(Locale.ROOT), References.parse(request.url()), headers, body)
                .with(request.headers());
    }

    private static String advice(RefusedCallException refused) {
        return switch (refused.reason()) {
            case HOST -> " An admin adds it to PAWL_PROXY_HOSTS.";
            case PROXY -> " An admin configures it by PAWL_PROXY_URL and PAWL_PROXY_ROTATION_URL.";
            case URL, ADDRESS, ANSWER -> "";
        };
    }

    /** Ends all requests; those that wait get a sentence that says so. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}

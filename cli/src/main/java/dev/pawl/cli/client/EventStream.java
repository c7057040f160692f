package dev.pawl.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.future.FutureFailure;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A stream of server-sent events. It takes no more from the server than its reader consumes. For one thread. */
public final class EventStream implements AutoCloseable {
    private static final int AHEAD = 64;

    /** The time without a line after which the connection counts as broken; the server sends a comment every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private static final int NO_CONTENT = 204;

    private final ServerAddress address;
    private final Lines lines = new Lines();
    private final CompletableFuture<HttpResponse<String>> answer;

    /**
     * An event.
     *
     * @param name its name
     * @param data its data
     * @param id the id by which the stream goes on after it
     */
    public record Event(String name, JsonNode data, String id) {}

    private EventStream(HttpClient http, ServerAddress address, HttpRequest request) {
        this.address = address;
        this.answer = http.sendAsync(
                request,
                head -> head.statusCode() == 200
                        ? BodySubscribers.fromLineSubscriber(lines, all -> "", StandardCharsets.UTF_8, null)
                        : BodySubscribers.ofString(StandardCharsets.UTF_8));
    }

    static EventStream open(HttpClient http, ServerAddress address, HttpRequest request) {
        return new EventStream(http, address, request);
    }

    /**
     * The next event; empty when there is none within the time.
     *
     * @throws NoServerException when the connection has broken
     * @throws ProblemAnswerException when the server has refused the stream
     */
    public Optional<Event> next(Duration patience)
            throws InterruptedException, NoServerException, ProblemAnswerException {
        Event event = lines.events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null && answer.isDone() && !isOver()) {
            throw broken(answer);
        }
        if (event == null && System.nanoTime() - lines.heardAt > SILENCE.toNanos()) {
            throw new NoServerException("The server at " + address.url() + " has stopped responding.", null);
        }
        return Optional.ofNullable(event);
    }

    /** Whether the server has ended the stream, and every event of it was taken. */
    public boolean isOver() {
        return answer.isDone() && !answer.isCompletedExceptionally() && isEnd(answer.join()) && lines.events.isEmpty();
    }

    private static boolean isEnd(HttpResponse<String> whole) {
        return whole.statusCode() == 200 || whole.statusCode() == NO_CONTENT;
    }

    /** The id by which the stream goes on; empty when none has come. */
    public String lastId() {
        return lines.lastId;
    }

    private NoServerException broken(CompletableFuture<HttpResponse<String>> whole) throws ProblemAnswerException {
        try {
            HttpResponse<String> refused = whole.join();
            throw Api.problem(refused.statusCode(), JsonTrees.parse(refused.body()));
        } catch (JsonProcessingException e) {
            return new NoServerException("The program at " + address.url() + " is not a Pawl server.", e);
        } catch (CompletionException e) {
            Throwable cause = FutureFailure.cause(e);
            if (cause instanceof ConnectException) {
                return Api.absent(address, cause);
            }
            if (cause instanceof SSLException untrusted) {
                return TlsFailure.of(address, untrusted);
            }
            return new NoServerException("The server at " + address.url() + " closed the connection.", cause);
        }
    }

    @Override
    public void close() {
        lines.cancel();
        answer.cancel(true);
    }

    /** Puts lines together to events, as the HTML standard says. */
    private static final class Lines implements Flow.Subscriber<String> {
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final StringBuilder data = new StringBuilder();
        private volatile String lastId = "";
        private volatile long heardAt = System.nanoTime();
        private volatile Flow.@Nullable Subscription subscription;
        private String name = "";
        private String id = "";

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(AHEAD);
        }

        @Override
        public void onNext(String line) {
            heardAt = System.nanoTime();
            if (line.isEmpty()) {
                end();
            } else if (line.charAt(0) != ':') {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                set(field, value.startsWith(" ") ? value.substring(1) : value);
            }
            Flow.Subscription running = subscription;
            if (running != null) {
                running.request(1);
            }
        }

        private void set(String field, String value) {
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                case "id" -> id = value;
                default -> {} // such as retry
            }
        }

        private void end() {
            lastId = id;
            if (!data.isEmpty()) {
                try {
                    events.add(new Event(name, JsonTrees.parse(data.toString()), id));
                } catch (JsonProcessingException e) {
                    events.add(new Event("unreadable", JsonTrees.object(), id));
                }
            }
            name = "";
            data.setLength(0);
        }

        private void cancel() {
            Flow.Subscription running = subscription;
            if (running != null) {
                running.cancel();
            }
        }

        @Override
        public void onError(Throwable error) {
            heardAt = System.nanoTime(); // the answer says what has happened
        }

        @Override
        public void onComplete() {
            heardAt = System.nanoTime();
        }
    }
}

package dev.pawl.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.future.FutureFailure;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A live stream of a job's log. It takes no more from the server than its reader consumes. For one thread. */
public final class LogStream implements AutoCloseable {
    private static final int AHEAD = 256;

    /** The time without any message after which the connection counts as broken; the server sends a ping every 30 s. */
    private static final Duration SILENCE = Duration.ofSeconds(75);

    /** The first close code that stands for an HTTP status: 4000 + status - 400 and so on. */
    private static final int REFUSALS = 4000;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Receiver receiver = new Receiver(events);
    private final WebSocket socket;

    /** An event of the stream. */
    public sealed interface Event {}

    /**
     * An entry of the log.
     *
     * @param text the frame as received
     * @param json the frame as a tree
     */
    public record Entry(String text, JsonNode json) implements Event {}

    /** The server ended the stream normally. */
    public record Ended() implements Event {}

    /**
     * The server refused the stream.
     *
     * @param status the HTTP status with the reason, such as 404 for an unknown job
     */
    public record Refused(int status, String reason) implements Event {}

    /** The connection broke, or the server ended the stream abnormally. */
    public record Broken(String reason) implements Event {}

    private LogStream(HttpClient http, URI uri, @Nullable String token) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        this.socket = builder.buildAsync(uri, receiver).join();
    }

    static LogStream open(HttpClient http, ServerAddress address, String path)
            throws NoServerException, ProblemAnswerException {
        URI uri = address.resolve(path);
        URI webSocket = URI.create((uri.getScheme().equals("https") ? "wss" : "ws")
                + uri.toString().substring(uri.getScheme().length()));
        try {
            return new LogStream(http, webSocket, address.token());
        } catch (CompletionException e) {
            Throwable cause = FutureFailure.cause(e);
            if (cause instanceof WebSocketHandshakeException refused) {
                throw refused(address, refused);
            }
            if (cause instanceof ConnectException) {
                throw Api.absent(address, cause);
            }
            if (cause instanceof SSLException untrusted) {
                throw TlsFailure.of(address, untrusted);
            }
            throw new NoServerException(
                    "The server at " + address.url() + " closed the connection unexpectedly.", cause);
        }
    }

    /**
     * The error for a refused upgrade. An unknown job is reported in the stream itself; a missing route means that the server is still
     * starting.
     */
    private static NoServerException refused(ServerAddress address, WebSocketHandshakeException refusal)
            throws ProblemAnswerException {
        int status = refusal.getResponse().statusCode();
        String what = "The server at " + address.url() + " does not stream the log (status " + status + ").";
        if (status == 401 || status == 403) {
            throw Api.problem(status, JsonTrees.object().put("detail", what));
        }
        return new NoServerException(what + " Try again when it has started.", refusal);
    }

    /** The next event; empty when there is none within the time. */
    public Optional<Event> next(Duration patience) throws InterruptedException {
        Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null && System.nanoTime() - receiver.heardAt > SILENCE.toNanos()) {
            return Optional.of(new Broken("The server has stopped responding."));
        }
        if (event instanceof Entry) {
            socket.request(1);
        }
        return Optional.ofNullable(event);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Receiver implements WebSocket.Listener {
        private final BlockingQueue<Event> events;
        private final StringBuilder frame = new StringBuilder();
        private volatile long heardAt = System.nanoTime();

        Receiver(BlockingQueue<Event> events) {
            this.events = events;
        }

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(AHEAD);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heardAt = System.nanoTime();
            frame.append(data);
            if (!last) {
                socket.request(1);
                return null;
            }
            String text = frame.toString();
            frame.setLength(0);
            receive(socket, text);
            return null;
        }

        private void receive(WebSocket socket, String text) {
            try {
                JsonNode json = JsonTrees.parse(text);
                if (json.has("message")) {
                    events.add(new Entry(text, json));
                } else {
                    socket.request(1); // a ping
                }
            } catch (JsonProcessingException e) {
                events.add(new Broken("The server sent invalid JSON: " + e.getOriginalMessage()));
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            if (code == WebSocket.NORMAL_CLOSURE) {
                events.add(new Ended());
            } else if (code >= REFUSALS) {
                events.add(new Refused(code - REFUSALS + 400, reason));
            } else {
                events.add(new Broken("The server ended the stream (" + code + " " + reason + ")."));
            }
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add(new Broken("The connection broke: " + error.getMessage()));
        }
    }
}

package dev.pawl.testkit;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows a job's log over the server's WebSocket, and keeps the messages. Safe for use by several threads. */
public final class LogFollower {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> texts = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /**
     * Connects, and waits until the connection is open.
     *
     * @param builder a builder with the headers that the server requires
     * @param stream the address of the stream with the scheme of the server's address ({@code http:…})
     * @throws CompletionException if the connection is refused
     */
    public LogFollower(WebSocket.Builder builder, URI stream) {
        URI address = URI.create(stream.toString().replaceFirst("^http", "ws"));
        socket = builder.buildAsync(address, new Ear()).join();
    }

    public WebSocket socket() {
        return socket;
    }

    /** Waits at most a minute for the server to close, and returns the close code. */
    public int closeCode() {
        try {
            return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The stream was not closed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The waiting test was interrupted.", e);
        }
    }

    /** The messages received so far. */
    public List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    private final class Ear implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                synchronized (texts) {
                    texts.add(part.toString());
                }
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}

package dev.pawl.samples.browser;

import java.net.URI;
import java.net.http.WebSocket.Listener;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.remote.http.HttpRequest;
import org.openqa.selenium.remote.http.HttpResponse;
import org.openqa.selenium.remote.http.Message;
import org.openqa.selenium.remote.http.TextMessage;
import org.openqa.selenium.remote.http.WebSocket;

/**
 * The WebSocket under Selenium's DevTools connection, made with the JDK's client. Selenium's own client would bring Guava with it, and
 * threads that nobody ends.
 */
final class DevToolsSocket implements HttpClient {

    private static final long MOST_SECONDS = 10;

    private final java.net.http.HttpClient client;
    private final Runnable whenClosed;

    /** @param whenClosed called when the other side is gone */
    DevToolsSocket(java.net.http.HttpClient client, Runnable whenClosed) {
        this.client = client;
        this.whenClosed = whenClosed;
    }

    @Override
    public WebSocket openSocket(HttpRequest request, WebSocket.Listener listener) {
        return new Open(within(client.newWebSocketBuilder()
                .buildAsync(URI.create(request.getUri()), new Received(listener, whenClosed))
                .toCompletableFuture()));
    }

    @Override
    public HttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("Only the WebSocket of DevTools is used.");
    }

    private static <T> T within(java.util.concurrent.Future<T> future) {
        try {
            return future.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebDriverException("The thread was interrupted while it wrote to the browser.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new WebDriverException("The browser cannot be reached: " + e, e);
        }
    }

    private record Open(java.net.http.WebSocket socket) implements WebSocket {

        @Override
        public synchronized WebSocket send(Message message) {
            if (!(message instanceof TextMessage text)) {
                throw new IllegalArgumentException("DevTools takes texts alone.");
            }
            within(socket.sendText(text.text(), true));
            return this;
        }

        @Override
        public void close() {
            socket.abort(); // the browser ends anyway
        }
    }

    /** Puts the parts of each message together. */
    private static final class Received implements Listener {

        private final WebSocket.Listener listener;
        private final Runnable whenClosed;
        private final StringBuilder parts = new StringBuilder();

        Received(WebSocket.Listener listener, Runnable whenClosed) {
            this.listener = listener;
            this.whenClosed = whenClosed;
        }

        @Override
        public @Nullable CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String whole = parts.toString();
                parts.setLength(0);
                listener.onText(whole);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(java.net.http.WebSocket socket, int status, String reason) {
            whenClosed.run();
            return null;
        }

        @Override
        public void onError(java.net.http.WebSocket socket, Throwable error) {
            whenClosed.run();
        }
    }
}

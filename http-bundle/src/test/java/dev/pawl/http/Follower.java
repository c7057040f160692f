package dev.pawl.http;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that keeps what it hears. */
final class Follower implements WebSocket.Listener {

    private final List<String> texts = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    void open(WebSocket.Builder builder, URI address) {
        String ws = address.toString().replaceFirst("^http", "ws");
        socket = builder.buildAsync(URI.create(ws), this).join();
    }

    WebSocket socket() {
        return socket;
    }

    /** Waits for the server to close. */
    int closeCode() throws Exception {
        return closed.get(30, TimeUnit.SECONDS);
    }

    List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    List<String> messages() {
        return texts().stream()
                .map(text -> String.valueOf(Answers.object(text).get("message")))
                .toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
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
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }
}

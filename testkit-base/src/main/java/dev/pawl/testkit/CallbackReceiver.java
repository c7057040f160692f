package dev.pawl.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A receiver of callbacks on loopback, which remembers what it was told and answers as a test says. Safe for many threads. */
public final class CallbackReceiver implements AutoCloseable {

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Function<Told, Reply> rule = request -> new Reply(204, Map.of(), "");

    /**
     * A request that it got.
     *
     * @param path the path with its query
     * @param headers the headers by their names in lower case
     * @param body the content
     */
    public record Told(String path, Map<String, String> headers, String body) {

        /** The id by which doubles are told. */
        public String delivery() {
            return headers.getOrDefault("x-pawl-delivery", "");
        }
    }

    /** An answer. */
    public record Reply(int status, Map<String, String> headers, String body) {}

    private CallbackReceiver(HttpServer server) {
        this.server = server;
    }

    /** Begins to listen at a port; 0 for any free one. */
    public static CallbackReceiver at(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        CallbackReceiver receiver = new CallbackReceiver(server);
        server.setExecutor(receiver.threads);
        server.createContext("/", receiver::answer);
        server.start();
        return receiver;
    }

    /** Has it answer by a rule. */
    public void answering(Function<Told, Reply> answers) {
        rule = answers;
    }

    /** Has it answer with a status. */
    public void answering(int status) {
        answering(request -> new Reply(status, Map.of(), ""));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().toLowerCase(Locale.ROOT),
                            entry -> String.join(", ", entry.getValue())));
            Told request = new Told(
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Reply reply = rule.apply(request);
            told.add(request);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** The requests that it got, in order. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    /** The different ids of what it was told. */
    public Set<String> deliveries() {
        return told.stream().map(Told::delivery).collect(Collectors.toSet());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** An address that leads to it. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.pawl.samples.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Pages on loopback. */
final class Site implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Function<HttpExchange, Answer>> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** The answer of a page. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer html(String body) {
            return new Answer(200, Map.of(), "<!doctype html><html><body>" + body + "</body></html>");
        }

        static Answer redirect(String address) {
            return new Answer(302, Map.of("Location", address), "");
        }
    }

    Site() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Function<HttpExchange, Answer> page = pages.get(path);
        Answer answer = page == null ? new Answer(404, Map.of(), "no such page") : page.apply(exchange);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Serves HTML. */
    Site page(String path, String body) {
        return page(path, exchange -> Answer.html(body));
    }

    /** Serves what a function answers. */
    Site page(String path, Function<HttpExchange, Answer> answer) {
        pages.put(path, answer);
        return this;
    }

    /** The address of a page. */
    String at(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The requests so far, such as {@code GET /form}; without the icon that browsers look for. */
    List<String> requests() {
        return requests.stream()
                .filter(request -> !request.equals("GET /favicon.ico"))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.pawl.it.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser as far as signing in needs one: it keeps the cookies of one server, and is led from page to page. */
final class Browser {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI home;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(URI home) {
        this.home = home;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /** Goes to an address, and no further. */
    HttpResponse<String> go(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    HttpResponse<String> go(String path) throws IOException, InterruptedException {
        return go(home.resolve(path));
    }

    /** Goes where an answer leads. */
    HttpResponse<String> follow(HttpResponse<String> answer) throws IOException, InterruptedException {
        return go(target(answer));
    }

    static URI target(HttpResponse<String> answer) {
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
        return answer.uri().resolve(location);
    }

    /** Sends a request of one of the server's own pages. */
    HttpResponse<String> call(String method, String path, String json) throws IOException, InterruptedException {
        String origin = home.getScheme() + "://" + home.getAuthority();
        return send(HttpRequest.newBuilder(home.resolve(path))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .method(method, BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        boolean ours = request.build().uri().getAuthority().equals(home.getAuthority());
        if (ours && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (ours) {
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
        }
        return answer;
    }

    private void keep(String header) {
        String[] pair = header.substring(0, header.indexOf(';')).split("=", 2);
        if (header.contains("Max-Age=0;")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}

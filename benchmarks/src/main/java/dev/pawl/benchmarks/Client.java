package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A program that talks to a server over HTTP/1.1 with connections kept alive. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;

    Client(URI url) {
        this.url = url;
    }

    /** The answer to a request that must succeed. */
    JsonNode send(String method, String path, String contentType, BodyPublisher body) throws IOException {
        HttpResponse<byte[]> response = exchange(method, path, contentType, body);
        if (response.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return response.body().length == 0 ? JSON.nullNode() : JSON.readTree(response.body());
    }

    JsonNode get(String path) throws IOException {
        return send("GET", path, "application/json", HttpRequest.BodyPublishers.noBody());
    }

    JsonNode post(String path, String json) throws IOException {
        return send("POST", path, "application/json", HttpRequest.BodyPublishers.ofString(json));
    }

    JsonNode upload(Path jar) throws IOException {
        return send("POST", "/modules", "application/java-archive", HttpRequest.BodyPublishers.ofFile(jar));
    }

    /** Whether the path answers 200 now. */
    boolean answers(String path) {
        try {
            return exchange("GET", path, "application/json", HttpRequest.BodyPublishers.noBody())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    private HttpResponse<byte[]> exchange(String method, String path, String contentType, BodyPublisher body)
            throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + path + " was asked", e);
        }
    }
}

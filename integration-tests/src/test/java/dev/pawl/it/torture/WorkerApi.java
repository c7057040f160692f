package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The routes of the HTTP API that external workers use. */
final class WorkerApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI url;
    private final String token;

    private WorkerApi(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param hold the state of the named job in the answer to a heartbeat
     */
    record Answer(int status, JsonNode body, String hold, long sentNs, long answeredNs) {

        String code() {
            return body.path("code").asText();
        }

        @Override
        public String toString() {
            return status + " " + hold + " " + body;
        }
    }

    /** Creates a client with the admin's token. */
    static WorkerApi of(URI url, Path data) throws IOException {
        return new WorkerApi(url, Files.readString(data.resolve("admin.token")).strip());
    }

    Answer poll(String query) throws IOException, InterruptedException {
        return send("GET", "/queue/poll" + query, null);
    }

    Answer beat(String worker, JsonNode document) throws IOException, InterruptedException {
        return send("POST", "/workers/" + worker, document);
    }

    Answer completed(String job, JsonNode end) throws IOException, InterruptedException {
        return send("PATCH", "/jobs/" + job + "/completed", end);
    }

    Answer job(String job) throws IOException, InterruptedException {
        return send("GET", "/jobs/" + job, null);
    }

    private Answer send(String method, String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        long sent = System.nanoTime();
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        long answered = System.nanoTime();
        boolean isJson =
                response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(
                response.statusCode(),
                isJson ? JSON.readTree(response.body()) : MissingNode.getInstance(),
                response.headers().firstValue("X-Pawl-Job").orElse(""),
                sent,
                answered);
    }
}

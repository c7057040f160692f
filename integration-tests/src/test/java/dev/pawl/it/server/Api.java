package dev.pawl.it.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.testkit.AnswerCheck;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls the HTTP API as a program does; each answer must match the server's own description. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> FINAL = Set.of("completed", "failed", "stopped");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI url;
    private final String token;
    private final DescribedAnswers described;

    public Api(URI url, String token) {
        this.url = url;
        this.described = new DescribedAnswers(http, url);
        this.token = token;
    }

    /** An answer: its status, and its body if that is JSON. */
    public record Answer(int status, JsonNode body) {

        /** Returns the body; fails when the status is another one. */
        public JsonNode expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected status " + expected + " but got " + status + ": " + body);
            }
            return body;
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, BodyPublishers.noBody());
    }

    public Answer post(String path, Object body) {
        return json("POST", path, body);
    }

    public Answer json(String method, String path, Object body) {
        try {
            return send(method, path, "application/json", BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs or updates a module from its jar. */
    public Answer upload(Path jar, String query) {
        try {
            return send("POST", "/modules" + query, "application/java-archive", BodyPublishers.ofFile(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer send(String method, String path, String contentType, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .method(method, body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            boolean isJson = AnswerCheck.isJson(type);
            described.hold(method, path, response.statusCode(), type, response.body());
            return new Answer(
                    response.statusCode(), isJson ? JSON.readTree(response.body()) : MissingNode.getInstance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a job of one module; returns its id. */
    public String start(String module, Map<String, ?> inputs) {
        return post("/jobs", Map.of("module_id", module, "inputs", inputs))
                .expect(200)
                .get("id")
                .asText();
    }

    public JsonNode job(String id) {
        return get("/jobs/" + id).expect(200);
    }

    public String status(String id) {
        return job(id).get("status").asText();
    }

    /** Waits until the job has ended; returns it. */
    public JsonNode awaitEnd(String id) {
        Eventually.eventually(Duration.ofSeconds(60), () -> {
            JsonNode job = job(id);
            if (!FINAL.contains(job.get("status").asText())) {
                throw new AssertionError("It did not end: " + job);
            }
        });
        return job(id);
    }

    /** The data of all results, read page by page. */
    public List<JsonNode> results(String id) {
        List<JsonNode> all = new ArrayList<>();
        get("/jobs/" + id + "/results?limit=10000").expect(200).get("results").forEach(row -> all.add(row.get("data")));
        return all;
    }
}

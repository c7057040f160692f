package dev.pawl.it.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.testkit.AnswerCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Compares a server's answers with its own description, which is read after the first answer. */
public final class DescribedAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI url;
    private volatile AnswerCheck check;

    public DescribedAnswers(HttpClient http, URI url) {
        this.http = http;
        this.url = url;
    }

    /** Fails when an answer does not match its description; passes any answer while the description is unavailable, as when a server stops. */
    void hold(String method, String path, int status, String type, String body)
            throws IOException, InterruptedException {
        if (read()) {
            check.hold(method, path, status, type, json(type, body));
        }
    }

    /** The differences between an answer and its description; none while the description is unavailable. */
    public List<String> wrong(String method, String path, int status, String type, String body)
            throws IOException, InterruptedException {
        return read() ? check.wrong(method, path, status, type, json(type, body)) : List.of();
    }

    private static Object json(String type, String body) throws IOException {
        return AnswerCheck.isJson(type) && !body.isEmpty() ? JSON.readValue(body, Object.class) : null;
    }

    private boolean read() throws InterruptedException {
        if (check == null) {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/openapi.json"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    check = new AnswerCheck(JSON.readValue(answer.body(), Object.class));
                }
            } catch (IOException gone) {
                return false;
            }
        }
        return check != null;
    }
}

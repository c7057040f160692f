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

/** Holds answers of a server against its own description, which is read when the first answer has come. */
public final class DescribedAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI url;
    private volatile AnswerCheck check;

    public DescribedAnswers(HttpClient http, URI url) {
        this.http = http;
        this.url = url;
    }

    /** Fails when an answer is not as it is described; passes what a server says that has no description now, as one that ends. */
    void hold(String method, String path, int status, String type, String body)
            throws IOException, InterruptedException {
        if (read()) {
            check.hold(method, path, status, type, json(type, body));
        }
    }

    /** Tells what is not as it is described; nothing where the server has no description now. */
    public List<String> wrong(String method, String path, int status, String type, String body)
            throws IOException, InterruptedException {
        return read() ? check.wrong(method, path, status, type, json(type, body)) : List.of();
    }

    private static Object json(String type, String body) throws IOException {
        return type.contains("json") && !body.isEmpty() ? JSON.readValue(body, Object.class) : null;
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

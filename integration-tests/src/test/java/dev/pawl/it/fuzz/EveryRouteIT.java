package dev.pawl.it.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.DescribedAnswers;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.AnswerCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends requests of all kinds to every route: no answer is a 500, late, or different from its description, and everything stored can be
 * read back as JSON.
 */
class EveryRouteIT {

    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final int MOST_SHOWN = 20;
    private static final int TRIES = 3;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    @TempDir
    Path folder;

    private Path token;
    private URI url;
    private DescribedAnswers described;

    @Test
    void noRequestOfTwoThousandIsAnsweredWith500OrLate(TestReporter reporter) throws Exception {
        fuzz(Integer.getInteger("pawl.fuzz.requests", 2_000), reporter);
    }

    @Test
    @Tag("nightly")
    void noRequestOfTwentyThousandIsAnsweredWith500OrLate(TestReporter reporter) throws Exception {
        fuzz(20_000, reporter);
    }

    private void fuzz(int requests, TestReporter reporter) throws Exception {
        long seed = Long.getLong("pawl.fuzz.seed", System.nanoTime());
        reporter.publishEntry("fuzz", "seed " + seed);
        Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            url = server.url();
            token = data.resolve("admin.token"); // a request may have it replaced
            described = new DescribedAnswers(http, url);
            Fuzz fuzz = new Fuzz(
                    Operation.of(JSON.readTree(answer("GET", "/openapi.json").body())), seed);
            for (int n = 0; n < requests && wrong.size() < MOST_SHOWN; n++) {
                ask(fuzz, fuzz.next());
            }
            reporter.publishEntry("fuzz", "answers by status: " + statuses);
            readEverything();
            assertTrue(server.isAlive());
            if (!wrong.isEmpty()) {
                wrong.add("The server said:\n" + server.said());
            }
        }
        assertEquals(List.of(), wrong, () -> "seed " + seed + "\n" + String.join("\n", wrong));
        assertTrue(statuses.getOrDefault(200, 0) > requests / 20, () -> "too few requests were valid: " + statuses);
    }

    private void ask(Fuzz fuzz, Fuzz.Drawn drawn) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = null;
        long took = Long.MAX_VALUE;
        for (int n = 0; n < TRIES && took > LATEST.toNanos(); n++) { // the whole machine may have been stalled
            long begin = System.nanoTime();
            answer = answer(
                    drawn.method(),
                    drawn.path(),
                    drawn.contentType(),
                    drawn.body().getBytes(StandardCharsets.UTF_8));
            took = System.nanoTime() - begin;
        }
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (took > LATEST.toNanos()) {
            wrong.add(TimeUnit.NANOSECONDS.toMillis(took) + " ms, " + TRIES + " times over that, for " + drawn);
        }
        if (answer.statusCode() >= 500 && answer.statusCode() != 501) {
            wrong.add(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8) + " for " + drawn);
        }
        JsonNode body = read(answer, drawn.toString());
        for (String name : List.of("id", "job_id", "module_id")) {
            if (body.path(name).isTextual() && body.get(name).asText().matches("[\\w-]{1,40}")) {
                fuzz.learn(body.get(name).asText());
            }
        }
    }

    /** Reads lists and their entries. */
    private void readEverything() throws IOException, InterruptedException {
        for (String list : List.of("/queue", "/workers", "/modules", "/status", "/status/config")) {
            read(answer("GET", list), list);
        }
        String cursor = "";
        do {
            JsonNode page = read(answer("GET", "/jobs?limit=100" + cursor), "/jobs");
            for (JsonNode job : page.path("jobs")) {
                String address = "/jobs/" + job.get("id").asText();
                for (String part : List.of("", "/logs", "/results", "/why")) {
                    read(answer("GET", address + part), address + part);
                }
            }
            JsonNode next = page.path("next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
    }

    /** Returns the JSON body of an answer, or a missing node; records a defect when it is not UTF-8, not JSON or not as described. */
    private JsonNode read(HttpResponse<byte[]> answer, String what) throws IOException, InterruptedException {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.body().length == 0 || !AnswerCheck.isJson(type)) {
            return JSON.missingNode();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
            described
                    .wrong(answer.request().method(), answer.uri().getRawPath(), answer.statusCode(), type, text)
                    .forEach(one -> wrong.add(one + " in the answer to " + what));
            return JSON.readTree(text);
        } catch (CharacterCodingException | JsonProcessingException e) {
            wrong.add("no JSON: " + e.getMessage() + " in the answer to " + what);
            return JSON.missingNode();
        }
    }

    private HttpResponse<byte[]> answer(String method, String path) throws IOException, InterruptedException {
        return answer(method, path, null, new byte[0]);
    }

    private HttpResponse<byte[]> answer(String method, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + Files.readString(token).strip())
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return http.send(request.build(), EveryRouteIT::body);
    }

    /** The body of an answer; empty for a stream of events, which would not end. */
    private static BodySubscriber<byte[]> body(ResponseInfo answer) {
        return answer.headers()
                        .firstValue("Content-Type")
                        .filter("text/event-stream"::equals)
                        .isEmpty()
                ? BodySubscribers.ofByteArray()
                : BodySubscribers.mapping(BodySubscribers.ofInputStream(), EveryRouteIT::cut);
    }

    private static byte[] cut(InputStream stream) {
        try (stream) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

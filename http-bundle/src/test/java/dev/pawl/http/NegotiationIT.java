package dev.pawl.http;

import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The types and encodings of answers, by what a client accepts. */
final class NegotiationIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void aLongAnswerIsCompressedForAClientThatAcceptsIt() throws Exception {
        String plain = server.get("/openapi.json").body();
        HttpResponse<byte[]> compressed = accepting("/openapi.json", "br;q=1.0, gzip;q=0.8, *;q=0.1");
        assertEquals(Optional.of("gzip"), compressed.headers().firstValue("Content-Encoding"));
        assertEquals(
                Optional.of("Accept-Encoding, Origin"), compressed.headers().firstValue("Vary"));
        assertEquals(plain, unzipped(compressed.body()));
        assertTrue(compressed.body().length < plain.length() / 4);
    }

    @Test
    void aClientThatDoesNotAcceptItGetsTheTextItself() throws Exception {
        for (String accepted : new String[] {"identity", "gzip;q=0", "gzip;q=0, *", "identity, gzip;q=0.5", "br", ""}) {
            HttpResponse<byte[]> answer = accepting("/openapi.json", accepted);
            assertEquals(Optional.empty(), answer.headers().firstValue("Content-Encoding"), accepted);
            assertEquals(
                    Optional.of("Accept-Encoding, Origin"), answer.headers().firstValue("Vary"), accepted);
        }
    }

    @Test
    void aShortAnswerIsNeverCompressed() throws Exception {
        assertEquals(
                Optional.empty(), accepting("/status/health", "gzip").headers().firstValue("Content-Encoding"));
    }

    @Test
    void theTagOfACompressedDocumentStandsForTheSameVersion() throws Exception {
        String text = "{\"text\": \"" + "x".repeat(5_000) + "\"}";
        server.send("POST", "/data/long/x", text);
        HttpResponse<byte[]> compressed = accepting("/data/long/x", "gzip");
        String tag = compressed.headers().firstValue("ETag").orElseThrow();
        assertTrue(tag.endsWith("-gzip\""), tag);
        assertEquals(
                304,
                server.send(server.request("/data/long/x").header("If-None-Match", tag))
                        .statusCode());
        HttpResponse<String> changed = server.send(server.request("/data/long/x")
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .POST(BodyPublishers.ofString("{}")));
        assertEquals(204, changed.statusCode());
    }

    @Test
    void anAnswerOfATypeThatTheClientExcludesIsRefused() throws Exception {
        for (String accepted : new String[] {"text/html", "application/json;q=0, text/*", "image/png, text/csv"}) {
            HttpResponse<String> answer = server.send(server.request("/jobs").header("Accept", accepted));
            assertTrue(problem(406, "PAWL-307", answer).contains("application/json"), accepted);
        }
        for (String accepted : new String[] {"*/*", "application/*", "text/html, application/json;q=0.1", ""}) {
            HttpResponse<String> answer = server.send(server.request("/jobs").header("Accept", accepted));
            assertEquals(200, answer.statusCode(), accepted);
        }
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/jobs")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("x")));
        assertTrue(problem(415, "PAWL-304", answer).contains("it takes no encoding"));
    }

    private static HttpResponse<byte[]> accepting(String path, String encodings)
            throws IOException, InterruptedException {
        return server.client.send(
                server.request(path).header("Accept-Encoding", encodings).build(), BodyHandlers.ofByteArray());
    }

    private static String unzipped(byte[] body) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
    }
}

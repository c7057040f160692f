package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.fake.FakeArtifacts;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts over HTTP. */
final class ArtifactsIT {

    private static final String TAG = "\"" + FakeArtifacts.SHA256 + "\"";
    private static final String KEPT_AT = "Thu, 01 Jan 2026 10:00:00 GMT";
    private static final int BIG = 20 << 20;

    @TempDir
    static Path folder;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> folder);

    private Job job;

    @BeforeEach
    void aJobWithArtifacts() throws IOException {
        job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        put("index.html", "text/plain", "<script>alert(1)</script>");
        put("a b/100% äö?#.txt", "text/plain", "0123456789");
        put("empty", "application/octet-stream", "");
    }

    private void put(String path, String type, String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "artifact", ""), text);
        server.artifacts.put(job.id(), path, type, file);
    }

    @Test
    void theListHasAllOfThemInOrder() throws Exception {
        Map<?, ?> page = Answers.ok(server.get(address("")));
        assertEquals(3, page.get("total").hashCode());
        List<?> artifacts = (List<?>) page.get("artifacts");
        Map<?, ?> first = (Map<?, ?>) artifacts.get(0);
        assertEquals("a b/100% äö?#.txt", first.get("path"));
        assertEquals(FakeArtifacts.SHA256, first.get("sha256"));
        Map<?, ?> second = Answers.ok(server.get(address("?limit=1&after=a%20b/100%25%20%C3%A4%C3%B6?%23.txt")));
        assertEquals(1, ((List<?>) second.get("artifacts")).size());
    }

    @Test
    void aBrowserSavesAFileAndRunsNothingOfIt() throws Exception {
        HttpResponse<String> answer = server.get(address("/index.html"));
        assertEquals(200, answer.statusCode());
        assertEquals("<script>alert(1)</script>", answer.body());
        HttpHeaders headers = answer.headers();
        assertEquals(List.of("text/plain"), headers.allValues("Content-Type"));
        assertEquals(List.of("nosniff"), headers.allValues("X-Content-Type-Options"));
        assertEquals(List.of("sandbox; default-src 'none'"), headers.allValues("Content-Security-Policy"));
        assertEquals(
                List.of("attachment; filename=\"index.html\"; filename*=UTF-8''index.html"),
                headers.allValues("Content-Disposition"));
        assertEquals(List.of(TAG), headers.allValues("ETag"));
        assertEquals(List.of(KEPT_AT), headers.allValues("Last-Modified"));
        assertEquals(List.of("bytes"), headers.allValues("Accept-Ranges"));
    }

    @Test
    void aNameMayHaveAnyCharacters() throws Exception {
        HttpResponse<String> answer = server.get(address("/a%20b/100%25%20%C3%A4%C3%B6%3F%23.txt"));
        assertEquals("0123456789", answer.body());
    }

    @Test
    void aRangeIsAnsweredWithThatPart() throws Exception {
        put("digits", "text/plain", "0123456789");
        HttpResponse<String> middle = get("/digits", "Range", "bytes=2-4");
        assertEquals(206, middle.statusCode());
        assertEquals("234", middle.body());
        assertEquals(List.of("bytes 2-4/10"), middle.headers().allValues("Content-Range"));
        assertEquals("789", get("/digits", "Range", "bytes=-3").body());
        assertEquals("56789", get("/digits", "Range", "bytes=5-").body());
        HttpResponse<String> several = get("/digits", "Range", "bytes=0-1,5-6");
        assertEquals(200, several.statusCode());
        assertEquals("0123456789", several.body());
    }

    @Test
    void aRangeOutsideIsRefusedWithTheSize() throws Exception {
        HttpResponse<String> answer = get("/empty", "Range", "bytes=0-");
        assertEquals(List.of("bytes */0"), answer.headers().allValues("Content-Range"));
        assertTrue(Answers.problem(416, "PAWL-306", answer).contains("bytes=0-"));
    }

    @Test
    void aVersionThatTheClientHasIsNotSentAgain() throws Exception {
        for (String tags : List.of(TAG, "*", "\"other\", W/" + TAG)) {
            HttpResponse<String> answer = get("/index.html", "If-None-Match", tags);
            assertEquals(304, answer.statusCode());
            assertEquals("", answer.body());
            assertEquals(List.of(TAG), answer.headers().allValues("ETag"));
        }
        assertEquals(304, get("/index.html", "If-Modified-Since", KEPT_AT).statusCode());
        assertEquals(200, get("/index.html", "If-None-Match", "\"other\"").statusCode());
        assertEquals(200, get("/index.html", "If-Modified-Since", "yesterday").statusCode());
        assertEquals(
                200,
                get("/index.html", "If-Modified-Since", "Thu, 01 Jan 2026 09:59:59 GMT")
                        .statusCode());
    }

    @Test
    void aRangeOfAnotherVersionGetsTheWholeFile() throws Exception {
        for (String version : List.of(TAG, KEPT_AT)) {
            assertEquals(
                    206,
                    get("/index.html", "Range", "bytes=1-", "If-Range", version).statusCode());
        }
        for (String version : List.of("\"other\"", "W/" + TAG, "Thu, 01 Jan 2026 10:00:01 GMT")) {
            assertEquals(
                    200,
                    get("/index.html", "Range", "bytes=1-", "If-Range", version).statusCode());
        }
    }

    @Test
    void aHeadHasTheHeadersAlone() throws Exception {
        HttpResponse<String> answer =
                server.send(server.request(address("/index.html")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals(List.of("25"), answer.headers().allValues("Content-Length"));
        assertEquals(List.of(TAG), answer.headers().allValues("ETag"));
    }

    @Test
    void anEmptyFileIsAnswered() throws Exception {
        HttpResponse<String> answer = server.get(address("/empty"));
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/..%2f..%2fadmin.token",
                "/../../admin.token",
                "/%2e%2e/admin.token",
                "/..%252fadmin.token",
                "/%2Fetc%2Fpasswd",
                "//etc/passwd",
                "/a%00b",
                "/index.html%00",
                "/index.html/..",
                "/..\\admin.token",
                "/%c0%ae%c0%ae/admin.token",
                "/a%20b",
            })
    void aPathThatIsNotListedLeadsNowhere(String path) throws Exception {
        String answer = Raw.get(
                server.url().getPort(),
                address(path),
                "Host: localhost:" + server.url().getPort() + "\r\nAuthorization: Bearer " + server.token() + "\r\n");
        int status = Raw.status(answer);
        assertTrue(status == 404 || status == 400, answer);
    }

    @Test
    void aBigFileComesWhole() throws Exception {
        byte[] contents = new byte[BIG];
        new Random(1).nextBytes(contents);
        server.artifacts.put(job.id(), "big", "video/mp4", Files.write(folder.resolve("big"), contents));
        HttpResponse<byte[]> answer =
                server.client.send(server.request(address("/big")).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertArrayEquals(contents, answer.body());
    }

    @Test
    void clientsThatReadNothingHoldNoThread() throws Exception {
        Path big = folder.resolve("unread");
        Files.write(big, new byte[BIG]);
        server.artifacts.put(job.id(), "unread", "video/mp4", big);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.url().getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("GET " + address("/unread") + " HTTP/1.1\r\nHost: localhost:"
                                        + server.url().getPort() + "\r\nAuthorization: Bearer " + server.token()
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            for (Socket socket : slow) {
                InputStream in = socket.getInputStream();
                assertEquals('H', in.read());
            }
            assertEquals(
                    "0123456789",
                    server.get(address("/a%20b/100%25%20%C3%A4%C3%B6%3F%23.txt"))
                            .body());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private String address(String rest) {
        return "/jobs/" + job.id() + "/artifacts" + rest;
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return server.send(server.request(address(path)).headers(headers));
    }
}

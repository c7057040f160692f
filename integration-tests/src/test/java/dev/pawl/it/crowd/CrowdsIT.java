package dev.pawl.it.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much, stop half way or read nothing, in crowds: everybody else is served as if they were not there. */
class CrowdsIT {

    private static final Duration ATTACK = Duration.ofSeconds(4);
    private static final String HEAP = "-Xmx256m";

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;
    private static URI url;

    @BeforeAll
    static void startTheServer() {
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_AUTH", "off", "PAWL_JAVA_OPTS", HEAP));
        url = server.url();
        api = server.api();
        api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
        api.get("/docs");
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @Test
    void refusedRequestsAsFastAsTheyCanKeepNobodyOut() throws Exception {
        byte[] request = Crowd.request(url, "POST /jobs", "Content-Length: 7\r\n", "xxxxxxx");
        try (Crowd crowd = new Crowd(url);
                HealthProbe probe = new HealthProbe(url)) {
            crowd.send(150, request);
            long answers = crowd.repeat(request, ATTACK.toNanos());
            assertTrue(answers > 150, "no client waits after a refusal: " + answers);
            assertServed(probe);
        }
    }

    @Test
    void answersThatNobodyReadsKeepNobodyOut() throws Exception {
        String request = new String(Crowd.request(url, "GET /docs", "", ""), StandardCharsets.US_ASCII);
        withCrowd(130, request.repeat(400).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void silentUploadsKeepNobodyOut() throws Exception {
        withCrowd(
                130,
                Crowd.request(
                        url,
                        "POST /modules",
                        "Content-Type: application/java-archive\r\nContent-Length: 100000\r\n",
                        "PK"));
    }

    @Test
    void bodiesThatNeverEndTakeABoundedPartOfTheMemory() throws Exception {
        String body = " ".repeat((4 << 20) - 1);
        withCrowd(125, Crowd.request(url, "POST /jobs", "Content-Length: " + (4 << 20) + "\r\n", body));
    }

    @Test
    void largePagesThatNobodyReadsTakeABoundedPartOfTheMemory() throws Exception {
        String job = api.start("rogue", Map.of("deed", "EMIT_MUCH"));
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        String path = "/jobs/" + job + "/results?limit=1000";
        withCrowd(60, Crowd.request(url, "GET " + path, "", ""));
        Eventually.eventually(
                Duration.ofSeconds(40), () -> assertTrue(api.get(path).status() == 200));
    }

    @Test
    void followersThatReadNothingHoldUpNobodyWhoReads() throws Exception {
        String job = api.start("rogue", Map.of("deed", "LOG_LONG_LINES"));
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        String path = "/jobs/" + job + "/logs/stream?after=0";
        String upgrade = String.join(
                "\r\n",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "");
        try (Crowd crowd = new Crowd(url);
                HealthProbe probe = new HealthProbe(url)) {
            crowd.send(100, Crowd.request(url, "GET " + path, upgrade, ""));
            assertTrue(linesOf(path) >= 200, "the one who reads has them all");
            assertServed(probe);
        }
    }

    private static void withCrowd(int clients, byte[] request) throws IOException {
        try (Crowd crowd = new Crowd(url);
                HealthProbe probe = new HealthProbe(url)) {
            crowd.send(clients, request);
            LockSupport.parkNanos(ATTACK.toNanos());
            assertServed(probe);
        }
    }

    /** Bounds for a machine whose cores are busy with the crowd and with other tests; a quiet one answers in a few milliseconds. */
    private static void assertServed(HealthProbe probe) {
        assertTrue(probe.answers() >= 10, probe::toString);
        assertTrue(probe.failures().isEmpty(), probe::toString);
        assertTrue(probe.millis(0.5) <= 500, probe::toString);
        assertTrue(probe.millis(1) <= 10_000, probe::toString);
        assertTrue(server.isAlive(), server::said);
    }

    private static int linesOf(String path) throws Exception {
        AtomicInteger lines = new AtomicInteger();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + url.getPort() + path), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        if (last) {
                            lines.incrementAndGet();
                        }
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable failure) {
                        closed.completeExceptionally(failure);
                    }
                })
                .join();
        assertEquals(WebSocket.NORMAL_CLOSURE, closed.get(60, TimeUnit.SECONDS));
        return lines.get();
    }
}

package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

/** More requests that wait for the store than there are threads: requests of other kinds are answered as if these did not exist. */
final class CrowdedIT {

    private static final int CLIENTS = 100;

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException {
        server.scheduler.hold.complete(null);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void healthAndTheDocumentationWaitForNothingElse() throws Exception {
        server.scheduler.hold = new CompletableFuture<>();
        for (String path : List.of("/jobs", "/status")) {
            for (int i = 0; i < CLIENTS; i++) {
                ask(path);
            }
        }
        for (String path : List.of("/status/health", "/docs", "/openapi.json")) {
            assertEquals(200, status(path));
        }
        assertEquals(404, status("/nothing"));
    }

    @Test
    void largeBodiesWaitForEachOtherAndForNobodyElse() throws Exception {
        server.scheduler.hold = new CompletableFuture<>();
        String body = "{\"module_id\": \"hello\", \"inputs\": {\"name\": \"" + "x".repeat(300 << 10) + "\"}}";
        List<CompletableFuture<HttpResponse<String>>> large = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            large.add(server.client.sendAsync(
                    server.request("/jobs").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(200, status("/queue")); // these requests arrive during and after the large ones
        }
        server.scheduler.hold.complete(null);
        for (CompletableFuture<HttpResponse<String>> answer : large) {
            assertEquals(200, answer.get(20, TimeUnit.SECONDS).statusCode());
        }
    }

    @Test
    void whatTheServerIsAskedBeforeItStopsIsAnswered() throws Exception {
        try (TestServer stopping = TestServer.start(data.resolve("stopping"))) {
            stopping.scheduler.hold = new CompletableFuture<>();
            List<Socket> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                asking.add(ask(stopping, "/jobs"));
            }
            assertEquals(200, stopping.get("/docs").statusCode()); // by then all of them have arrived
            Thread end = new Thread(() -> close(stopping), "end");
            end.start();
            Eventually.eventually("the server no longer listens", () -> refuses(stopping));
            stopping.scheduler.hold.complete(null);
            for (Socket socket : asking) {
                assertEquals(
                        "HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
            }
            end.join();
        }
    }

    private static int status(String path) throws Exception {
        return server.send(server.request(path).timeout(Duration.ofSeconds(20))).statusCode();
    }

    private void ask(String path) throws IOException {
        ask(server, path);
    }

    private Socket ask(TestServer from, String path) throws IOException {
        int port = from.url().getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer "
                                + from.token() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean refuses(TestServer server) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    private static void close(TestServer server) {
        try {
            server.close();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}

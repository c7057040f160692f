package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.LogFollower;
import dev.pawl.testkit.fake.FakeSubscription;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class LogStreamIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private Job job;

    @BeforeEach
    void runAJob() {
        job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
    }

    @Test
    void linesComeAsTheyHappenUntilTheJobEnds() throws Exception {
        server.scheduler.log(job, "before");
        LogFollower follower = follow("");
        server.scheduler.log(job, "first");
        server.scheduler.log(job, "second");
        server.scheduler.complete(job);
        assertEquals(1000, follower.closeCode());
        assertEquals(List.of("first", "second"), messages(follower));
        assertEquals(
                List.of("id", "timestamp", "created_at", "level", "message", "sequence", "task_index", "epoch"),
                List.copyOf(Answers.object(follower.texts().get(0)).keySet()));
    }

    @Test
    void whatIsStoredIsReplayedFirst() throws Exception {
        IntStream.rangeClosed(1, 5).forEach(i -> server.scheduler.log(job, "line " + i));
        LogFollower follower = follow("?after=2");
        server.scheduler.log(job, "line 6");
        server.scheduler.complete(job);
        assertEquals(1000, follower.closeCode());
        assertEquals(List.of("line 3", "line 4", "line 5", "line 6"), messages(follower));
    }

    @Test
    void theLogOfAnEndedJobIsReplayedAndClosed() throws Exception {
        server.scheduler.log(job, "only");
        server.scheduler.complete(job);
        LogFollower follower = connect("/jobs/" + job.id() + "/logs/stream?after=0");
        assertEquals(1000, follower.closeCode());
        assertEquals(List.of("only"), messages(follower));
    }

    @Test
    void anUnknownJobClosesWithItsOwnCode() throws Exception {
        assertEquals(
                4004, connect("/jobs/" + UUID.randomUUID() + "/logs/stream").closeCode());
    }

    @Test
    void theLogOfAJobThatIsRemovedIsUnknownFromThenOn() throws Exception {
        job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        LogFollower follower = follow("");
        assertEquals(204, server.send("DELETE", "/jobs/" + job.id(), "").statusCode());
        assertEquals(4004, follower.closeCode());
    }

    @Test
    void manyLinesComeWholeAndInOrder() throws Exception {
        int lines = 20_000;
        LogFollower follower = follow("");
        IntStream.range(0, lines).forEach(i -> server.scheduler.log(job, "line " + i));
        server.scheduler.complete(job);
        assertEquals(1000, follower.closeCode());
        List<String> messages = messages(follower);
        assertEquals(lines, messages.size());
        assertEquals("line 0", messages.get(0));
        assertEquals("line 19999", messages.get(lines - 1));
    }

    @Test
    void anUpgradeCarriesTheIdOfItsRequest() throws Exception {
        try (Socket raw = rawUpgrade("X-Request-Id: upgrade-7\r\n")) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = raw.getInputStream().read();
                assertTrue(next >= 0, head::toString);
                head.append((char) next);
            }
            String answer = head.toString();
            assertTrue(answer.startsWith("HTTP/1.1 101 ") && answer.contains("X-Request-Id: upgrade-7\r\n"), answer);
        }
    }

    @Test
    void aSlowClientHoldsUpNothingButItself() throws Exception {
        try (Socket slow = rawUpgrade("")) {
            FakeSubscription stuck =
                    Eventually.eventuallyFind("the slow client follows", () -> server.scheduler.subscriptions.stream()
                            .findFirst());
            LogFollower follower = follow("");
            String line = "x".repeat(10_000);
            int lines = 3_000; // 30 MB: far more than the sockets' buffers and the queue of unsent lines hold
            IntStream.range(0, lines).forEach(i -> server.scheduler.log(job, line));
            Eventually.eventually(
                    "the fast client has all lines", () -> follower.texts().size() == lines);
            assertTrue(stuck.delivered.get() < lines, "lines taken by the slow client: " + stuck.delivered.get());
            slow.setSoLinger(true, 0); // disconnects without a close frame
        }
        Eventually.eventually(
                "the slow client's subscription is gone", () -> server.scheduler.subscriptions.size() == 1);
    }

    @Test
    void aClientThatLeavesEndsItsSubscription() throws Exception {
        LogFollower follower = follow("");
        assertEquals(1, server.scheduler.subscriptions.size());
        follower.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        Eventually.eventually("the subscription is gone", () -> server.scheduler.subscriptions.isEmpty());
    }

    @Test
    void aTokenMayStandInTheAddressOrAmongTheProtocols() throws Exception {
        LogFollower byAddress =
                new LogFollower(server.client.newWebSocketBuilder(), address("?token=" + server.token()));
        LogFollower byProtocol = new LogFollower(
                server.client.newWebSocketBuilder().subprotocols("pawl", "pawl.token." + server.token()), address(""));
        assertEquals("pawl", byProtocol.socket().getSubprotocol());
        Eventually.eventually("both follow", () -> server.scheduler.subscriptions.size() == 2);
        server.scheduler.complete(job);
        assertEquals(1000, byAddress.closeCode());
        assertEquals(1000, byProtocol.closeCode());
    }

    @Test
    void withoutATokenNothingIsFollowed() {
        for (String query : List.of("", "?token=wrong")) {
            CompletionException refused = Assertions.assertThrows(
                    CompletionException.class,
                    () -> new LogFollower(server.client.newWebSocketBuilder(), address(query)));
            WebSocketHandshakeException handshake = (WebSocketHandshakeException) refused.getCause();
            assertEquals(401, handshake.getResponse().statusCode());
        }
    }

    @Test
    void aPageOfAnotherSiteFollowsNothing() throws Exception {
        CompletionException refused = Assertions.assertThrows(
                CompletionException.class,
                () -> new LogFollower(
                        server.client.newWebSocketBuilder().header("Origin", "http://evil.example.org"),
                        address("?token=" + server.token())));
        assertEquals(
                403,
                ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
    }

    @Test
    void aPlainRequestIsToldThatThisIsAWebSocket() throws Exception {
        assertTrue(Answers.problem(400, "PAWL-300", server.get("/jobs/" + job.id() + "/logs/stream"))
                .contains("WebSocket"));
    }

    private static List<String> messages(LogFollower follower) {
        return follower.texts().stream()
                .map(text -> String.valueOf(Answers.object(text).get("message")))
                .toList();
    }

    private LogFollower follow(String query) throws Exception {
        int before = server.scheduler.subscriptions.size();
        LogFollower follower = connect("/jobs/" + job.id() + "/logs/stream" + query);
        Eventually.eventually("the log is followed", () -> server.scheduler.subscriptions.size() == before + 1);
        return follower;
    }

    private static LogFollower connect(String path) throws IOException {
        return new LogFollower(
                server.client.newWebSocketBuilder().header("Authorization", "Bearer " + server.token()),
                server.url().resolve(path));
    }

    private URI address(String query) {
        return server.url().resolve("/jobs/" + job.id() + "/logs/stream" + query);
    }

    /** A client that asks for the log and never reads it. */
    private Socket rawUpgrade(String headers) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.url().getPort()));
        String request = "GET /jobs/" + job.id() + "/logs/stream HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.url().getPort() + "\r\nAuthorization: Bearer " + server.token()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}

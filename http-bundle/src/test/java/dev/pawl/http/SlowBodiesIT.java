package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin a body and stop sending: they hold up nobody but themselves. */
final class SlowBodiesIT {

    /** More clients than the server has threads. */
    private static final int CLIENTS = 100;

    private static final String JOB = "{\"module_id\": \"hello\"}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void manyHalfBodiesLeaveTheServerFreeForOthers() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            half("Authorization: Bearer " + server.token() + "\r\nContent-Length: " + JOB.length());
        }
        assertEquals(200, server.get("/status/health").statusCode());
        assertEquals(200, server.send("POST", "/jobs", JOB).statusCode());
    }

    @Test
    void halfBodiesWithoutATokenAreRefusedAtOnce() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            half("Content-Length: " + JOB.length());
        }
        assertEquals(200, server.get("/status/health").statusCode());
        assertEquals(401, Raw.status(rest(sockets.get(0), "")));
    }

    @Test
    void aBodyThatComesInPiecesIsTakenWhole() throws Exception {
        for (String framing : List.of("Content-Length: " + JOB.length(), "Transfer-Encoding: chunked")) {
            boolean chunked = framing.startsWith("T");
            Socket socket = open(framing + "\r\nAuthorization: Bearer " + server.token());
            int requests = server.scheduler.requests.size();
            for (int i = 0; i < JOB.length(); i++) {
                write(socket, chunked ? "1\r\n" + JOB.charAt(i) + "\r\n" : JOB.substring(i, i + 1));
            }
            String answer = rest(socket, chunked ? "0\r\n\r\n" : "");
            assertEquals(200, Raw.status(answer), answer);
            assertTrue(Raw.body(answer).contains("pending"), answer);
            assertEquals(requests + 1, server.scheduler.requests.size());
        }
    }

    @Test
    void whatIsWrongWithABodyThatComesInPiecesIsToldTheSame() throws Exception {
        Socket wrong = half("Authorization: Bearer " + server.token() + "\r\nContent-Length: 8");
        String answer = rest(wrong, "xx");
        assertEquals(400, Raw.status(answer), answer);
        Socket large = half("Authorization: Bearer " + server.token() + "\r\nTransfer-Encoding: chunked");
        String piece = " ".repeat(1 << 16);
        for (int i = 0; i < 70; i++) {
            write(large, "10000\r\n" + piece + "\r\n");
        }
        answer = rest(large, "0\r\n\r\n");
        assertTrue(answer.contains("413"), answer);
    }

    private Socket half(String headers) throws IOException {
        Socket socket = open(headers);
        write(socket, headers.contains("chunked") ? "6\r\n{\"mod\"\r\n" : "{\"mod\"");
        return socket;
    }

    private Socket open(String headers) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        write(
                socket,
                "POST /jobs HTTP/1.1\r\nHost: 127.0.0.1:" + server.url().getPort()
                        + "\r\nConnection: close\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String rest(Socket socket, String text) throws IOException {
        write(socket, text);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections after an answer: they accept the next request, unless the answer announced that they close. */
final class KeptConnectionsIT {

    private static final String BODY = "xxxxx";
    private static final String CLOSE = "connection: close";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @ParameterizedTest
    @ValueSource(strings = {"GET /status/health", "DELETE /jobs/1", "POST /jobs", "PATCH /nowhere", "GET /docs"})
    void aRequestWhoseBodyHasNotComeIsAnsweredWithTheLastAnswer(String line) throws IOException {
        try (Connection connection = new Connection()) {
            connection.send(line, "");

            List<String> head = connection.head();

            assertTrue(head.contains(CLOSE), () -> line + ": " + head);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /status/health", "DELETE /jobs/1", "POST /jobs", "PATCH /nowhere", "GET /docs"})
    void aRequestWhoseBodyHasComeLeavesTheConnectionToTheNext(String line) throws IOException {
        try (Connection connection = new Connection()) {
            for (int i = 0; i < 3; i++) {
                connection.send(line, BODY);

                List<String> head = connection.head();

                assertFalse(head.contains(CLOSE), () -> line + ": " + head);
                connection.skipBody(head);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /jobs/<1>", "GET /jobs/a\"b", "GET /jobs/^", "POST jobs"})
    void aRequestThatIsNoneIsAnsweredWithTheLastAnswer(String line) throws IOException {
        try (Connection connection = new Connection()) {
            connection.send(line, BODY);

            List<String> head = connection.head();

            assertEquals("http/1.1 400 bad request", head.get(0));
            assertTrue(head.contains(CLOSE), () -> line + ": " + head);
        }
    }

    @Test
    void anUploadThatIsRefusedWhileItComesReadsItsAnswerToTheEnd() throws IOException {
        try (Connection connection = new Connection()) {
            connection.write("POST /modules HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.url().getPort() + "\r\nContent-Length: 1000000\r\n\r\n");
            List<String> head = connection.head();
            connection.write("x".repeat(1_000_000));

            assertEquals("http/1.1 401 unauthorized", head.get(0));
            assertTrue(head.contains(CLOSE), head::toString);
            connection.skipBody(head);
        }
    }

    /** A client's connection. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader answers;

        Connection() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
            socket.setSoTimeout(20_000);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void send(String line, String body) throws IOException {
            write(line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.url().getPort() + "\r\nContent-Length: "
                    + BODY.length() + "\r\n\r\n" + body);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** The lines before the body, in lower case. */
        List<String> head() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
                lines.add(line.toLowerCase(Locale.ROOT));
            }
            return lines;
        }

        void skipBody(List<String> head) throws IOException {
            int left = head.stream()
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                    .findFirst()
                    .orElseThrow();
            char[] buffer = new char[8192];
            while (left > 0) {
                int read = answers.read(buffer, 0, Math.min(left, buffer.length));
                assertTrue(read > 0, "the connection ended in the middle of the answer");
                left -= read;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

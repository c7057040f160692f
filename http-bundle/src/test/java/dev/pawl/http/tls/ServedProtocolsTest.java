package dev.pawl.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedProtocolsTest {

    @TempDir
    private Path folder;

    private Certified files;
    private EncryptedServer server;

    @BeforeEach
    void start() throws IOException {
        files = new Certified(folder);
        server = new EncryptedServer(files.open());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clientsSpeakHttp2AndHttp11() throws Exception {
        String host = "127.0.0.1:" + server.port();
        for (Version version : Version.values()) {
            HttpClient client = TlsClient.http(version);
            String answer = TlsClient.get(client, server.url().resolve("/x")).body();
            String protocol = version == Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1";
            assertEquals(protocol + " secure " + host + " https://" + host + "/x", answer);
        }
    }

    @Test
    void aClientWithoutAlpnGetsHttp11() throws IOException {
        try (SSLSocket socket = TlsClient.connect(server.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        }
    }

    @Test
    void theProtocolIsChosenAmongThoseOffered() throws IOException {
        assertEquals("h2", TlsClient.chosen(server.port(), "h2", "http/1.1"));
        assertEquals("h2", TlsClient.chosen(server.port(), "http/1.1", "spdy/1", "h2"));
        assertEquals("http/1.1", TlsClient.chosen(server.port(), "http/1.1"));
        assertThrows(SSLException.class, () -> TlsClient.chosen(server.port(), "spdy/1"));
    }

    @Test
    void anUploadThatIsRefusedBeforeItsEndKeepsTheHttp2Connection() throws Exception {
        HttpClient client = TlsClient.http(Version.HTTP_2);
        for (int i = 0; i < 3; i++) {
            HttpRequest upload = HttpRequest.newBuilder(server.url().resolve("/refused"))
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1 << 20]))
                    .build();
            assertEquals(
                    200,
                    client.send(upload, HttpResponse.BodyHandlers.ofString()).statusCode());
            assertEquals(200, TlsClient.get(client, server.url()).statusCode());
        }
    }

    @Test
    void onlyTls12And13AreSpokenWithForwardSecrecy() throws IOException {
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket = TlsClient.connect(server.port(), protocol)) {
                assertTrue(socket.getSession()
                        .getCipherSuite()
                        .matches("TLS_(ECDHE_ECDSA_WITH_)?(AES|CHACHA).*(GCM|POLY1305).*"));
            }
        }
        assertThrows(SSLException.class, () -> TlsClient.connect(server.port(), "TLSv1.1")
                .close());
    }

    @Test
    void plainHttpOnThePortOfTlsIsToldSo() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("https://"), answer);
        }
    }

    @Test
    void whatIsNeitherTlsNorHttpIsRefused() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
        }
        assertEquals(
                200, TlsClient.get(TlsClient.http(Version.HTTP_2), server.url()).statusCode());
    }
}

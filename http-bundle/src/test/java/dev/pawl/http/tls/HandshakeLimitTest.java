package dev.pawl.http.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandshakeLimitTest {

    /** The beginning of a handshake that announces more than comes. */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    @TempDir
    private Path folder;

    private final Server server = new Server();
    private Tls tls;
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
        tls = new Certified(folder).open();
        connector = new ServerConnector(
                server, 1, 1, TlsProtocols.over(tls, new HttpConfiguration(), Duration.ofSeconds(30)));
        connector.addBean(new HandshakeLimit(server.getScheduler(), Duration.ofMillis(300)));
        server.addConnector(connector);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        tls.close();
        server.stop();
    }

    @Test
    void aHandshakeThatTricklesIsEndedAndAnotherIsNot() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
            socket.getOutputStream().write(HELLO);
            slow.add(socket);
        }
        try (var quick = TlsClient.connect(connector.getLocalPort())) {
            for (Socket socket : slow) {
                Eventually.eventually("the server closes it", () -> isClosed(socket));
                socket.close();
            }
            quick.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(quick.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 404"), answer);
        }
    }

    /** Sends another byte, as a slow client does; a closed connection does not take it. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.getOutputStream().write(0);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }
}

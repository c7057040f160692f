package dev.pawl.http.tls;

import static dev.pawl.http.tls.Http2Attack.CONTINUATION;
import static dev.pawl.http.tls.Http2Attack.PING;
import static dev.pawl.http.tls.Http2Attack.RESET;
import static dev.pawl.http.tls.Http2Attack.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.TlsClient;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks by HTTP/2 cost their connection, and nobody else's. */
final class Http2LimitsTest {

    private static final int MANY = 5_000;
    private static final int ENHANCE_YOUR_CALM = 11;

    @TempDir
    private Path folder;

    private EncryptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new EncryptedServer(new Certified(folder).open());
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals(
                200, TlsClient.get(TlsClient.http(Version.HTTP_2), server.url()).statusCode());
        server.close();
    }

    private interface Step {
        void send(Http2Attack attack) throws IOException;
    }

    private int endAfterMany(Step step) throws IOException {
        try (var attack = new Http2Attack(server.port())) {
            try {
                for (int i = 0; i < MANY; i++) {
                    step.send(attack);
                }
            } catch (IOException closed) { // while it was still sending
                return attack.end();
            }
            return attack.end();
        }
    }

    private void costsItsConnection(Step step) throws IOException {
        int reason = endAfterMany(step);
        assertTrue(reason == ENHANCE_YOUR_CALM || reason == -1, "reason " + reason);
    }

    @Test
    void requestsThatAreResetAtOnce() throws IOException {
        costsItsConnection(attack -> attack.send(RESET, 0, attack.begin(), new byte[] {0, 0, 0, 8}));
    }

    @Test
    void pings() throws IOException {
        costsItsConnection(attack -> attack.send(PING, 0, 0, new byte[8]));
    }

    @Test
    void settings() throws IOException {
        costsItsConnection(attack -> attack.send(SETTINGS, 0, 0));
    }

    @Test
    void headersThatDoNotEnd() throws IOException {
        byte[] more = new byte[1_024];
        Arrays.fill(more, (byte) 0x82);
        try (var attack = new Http2Attack(server.port())) {
            int stream = attack.beginHeaders();
            try {
                for (int i = 0; i < MANY; i++) {
                    attack.send(CONTINUATION, 0, stream, more);
                }
            } catch (IOException closed) { // while it was still sending
                assertTrue(attack.end() != 0);
            }
            assertTrue(attack.end() != 0);
        }
    }

    @Test
    void moreRequestsAtOnceThanAConnectionMayHaveAreRefused() throws IOException {
        try (var attack = new Http2Attack(server.port())) {
            for (int i = 0; i < 50; i++) {
                attack.begin();
            }
            assertTrue(attack.refused() >= 10);
        }
    }
}

package dev.pawl.it.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Effort;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients at work while their server is stopped are answered or cut off, and get no 500. */
class StoppingUnderLoadIT {

    private static final int CLIENTS = 6;
    private static final int STOPS = Effort.of(3, 30);

    /** The number of answers before the stop, so that it meets requests at all stages. */
    private static final int ANSWERS_BEFORE = 200;

    @TempDir
    Path folder;

    @Test
    void requestsAtWorkWhileTheServerStopsAreAnsweredOrCutOffNeverFailed() throws Exception {
        List<String> failed = new ArrayList<>();
        for (int n = 0; n < STOPS; n++) {
            try (Server server = Server.start(folder.resolve("data"));
                    HastyClients clients = HastyClients.on(server.api(), CLIENTS)) {
                Eventually.eventually(Duration.ofSeconds(30), () -> assertTrue(clients.answered() > ANSWERS_BEFORE));
                assertEquals(0, server.terminate());
                clients.await();
                failed.addAll(clients.failed());
                if (!clients.failed().isEmpty()) {
                    failed.addAll(ServerErrors.stacks(server.said().lines().toList()));
                }
            }
        }
        assertEquals(List.of(), failed, () -> String.join("\n", failed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /jobs HTTP/1.1\r\n", "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Ty"})
    void aRequestThatHasComeInPartWhenTheServerStopsIsCutOffNotFailed(String part) throws Exception {
        try (Server server = Server.start(folder.resolve("data"));
                Socket client = new Socket(server.url().getHost(), server.url().getPort())) {
            server.api().get("/status").expect(200);
            client.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            server.api().get("/status").expect(200); // once this is answered, the server has read the partial request
            assertEquals(0, server.terminate());
            assertEquals("", answer(client));
        }
    }

    private static String answer(Socket client) throws IOException {
        try {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }
}

package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/**
 * Requests in progress when the API ends, alone or together with the runtime, are answered or cut off, and never answered with a failure.
 */
final class StopIT {

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /jobs HTTP/1.1\r\n",
                "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Ty",
                "GET /queue HTTP/1.1\r\nHost: localhost\r\n"
            })
    void aRequestThatHasComeInPartIsCutOffNotFailed(String part) throws Exception {
        try (TestServer server = TestServer.start(data);
                Socket client = half(server, part)) {
            server.context().getBundle(0).stop();
            assertEquals("", answer(client));
        }
    }

    @Test
    void aRequestThatHasComeInPartIsCutOffAlsoWhenTheBundleIsStoppedOrUpdated() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            try (Socket client = half(server, "POST /jobs HTTP/1.1\r\n")) {
                bundle(server).stop();
                assertEquals("", answer(client));
            }
            bundle(server).start();
            server.awaitReady();
            try (Socket client = half(server, "POST /jobs HTTP/1.1\r\n")) {
                bundle(server).update();
                assertEquals("", answer(client));
            }
        }
    }

    private static Socket half(TestServer server, String part) throws IOException, InterruptedException {
        Socket client = new Socket(server.url().getHost(), server.url().getPort());
        client.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        for (int n = 0; n < 3; n++) {
            assertEquals(200, server.get("/status/health").statusCode()); // by then the part has been read
        }
        return client;
    }

    private static Bundle bundle(TestServer server) {
        return Arrays.stream(server.context().getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("dev.pawl.http-bundle"))
                .findFirst()
                .orElseThrow();
    }

    private static String answer(Socket client) throws IOException {
        try {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }
}

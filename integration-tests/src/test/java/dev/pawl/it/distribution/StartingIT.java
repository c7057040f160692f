package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that keeps sending requests while the server restarts. */
class StartingIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final long LIMIT_NS = Duration.ofSeconds(60).toNanos();

    @TempDir
    Path folder;

    @Test
    void aJobIsNeverUnknownWhileTheServerStarts() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> samePort = Map.of("PAWL_API_PORT", Integer.toString(freePort()));
        URI job;
        try (Server first = Server.start(data, JAVA, samePort)) {
            job = first.url().resolve("/jobs/" + first.api().start("hello", Map.of("name", "World")));
            first.kill();
        }
        HttpRequest request = HttpRequest.newBuilder(job)
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("admin.token")).strip())
                .timeout(Duration.ofSeconds(10))
                .build();
        Set<Integer> seen = new TreeSet<>();
        try (Server again = Server.launch(data, JAVA, samePort)) {
            HttpClient client = HttpClient.newHttpClient();
            long began = System.nanoTime();
            while (!seen.contains(200)) {
                assertTrue(System.nanoTime() - began < LIMIT_NS, again::said);
                seen.add(status(client, request));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        seen.remove(0);
        assertEquals(Set.of(200), seen, "a connection was accepted before the server could answer");
    }

    /** The status; 0 when nothing listens, or only for the moment in which the server checks whether the port is free. */
    private static int status(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
            return response.statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

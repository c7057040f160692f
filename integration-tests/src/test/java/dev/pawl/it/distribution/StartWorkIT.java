package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The work of a start until its first answer, counted instead of timed. A rise is a decision: whoever needs more raises the number here, and
 * says in the commit what it is for.
 */
class StartWorkIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    /** Counted: 5,488 with Java 17, of which 80 for schedules, 65 for callbacks and notifications. */
    private static final int CLASSES = 5_600;

    /** Classes that no archive holds, above all lambdas of bundles. Counted: 645 with Java 17. */
    private static final int CLASSES_OUTSIDE_ARCHIVES = 690;

    private static final int BUNDLES = 28;

    @TempDir
    Path folder;

    @Test
    void aStartLoadsNoMoreClassesThanItDid() throws Exception {
        Path data = folder.resolve("data");
        Server.start(data).terminate(); // which fills the folder
        Path log = folder.resolve("classes");
        List<String> loaded;
        try (Server server = Server.start(
                data, JAVA, Map.of("PAWL_JAVA_OPTS", "-Xlog:class+load:file=" + log + ":none:filecount=0"))) {
            assertEquals(200, health(server.url()));
            loaded = Files.readAllLines(log);
            assertTrue(server.terminate() == 0, server::said);
        }
        long outside = loaded.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .count();
        String counted = loaded.size() + " classes, of which " + outside + " from no archive";
        Files.writeString(Path.of("target", "start-work.txt"), counted + "\n");
        assertTrue(loaded.size() > 1_000, "not counted: " + counted);
        assertTrue(loaded.size() <= CLASSES, counted);
        assertTrue(outside <= CLASSES_OUTSIDE_ARCHIVES, counted);
    }

    @Test
    void thereAreNoMoreBundlesToStartThanThereWere() throws IOException {
        Path bundles = Path.of(System.getProperty("pawl.distribution"), "bundles");
        try (var files = Files.walk(bundles)) {
            long count = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(jar -> !jar.startsWith(bundles.resolve("with")))
                    .count();
            assertTrue(count <= BUNDLES, count + " bundles");
        }
    }

    private static int health(URI url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/status/health")).build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        return answer.statusCode();
    }
}

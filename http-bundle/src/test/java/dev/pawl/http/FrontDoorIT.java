package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The answers to callers who know nothing but the server's address. */
final class FrontDoorIT {

    @TempDir
    static Path folder;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> folder);

    @Test
    void aBrowserIsLedToTheDocumentation() throws Exception {
        HttpResponse<String> led =
                server.send(server.request("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertEquals(302, led.statusCode());
        assertEquals("/docs", led.headers().firstValue("Location").orElse(""));
        String page = server.get("/docs").body();
        assertTrue(page.contains(server.url() + "/jobs"), "a call has the address by which the page was reached");
    }

    @Test
    void aProgramLearnsWhatThisIsAndWhereToGoOn() throws Exception {
        Map<?, ?> told = Answers.ok(server.get("/"));
        assertEquals("Pawl", told.get("name"));
        assertEquals("9.9.9", told.get("version"));
        for (Object link : ((Map<?, ?>) told.get("links")).values()) {
            assertEquals(200, server.get(String.valueOf(link)).statusCode(), link::toString);
        }
    }
}

package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
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
    void aBrowserIsLedToTheDocumentationWhereThereIsNoConsole() throws Exception {
        HttpResponse<String> led =
                server.send(server.request("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertEquals(302, led.statusCode());
        assertEquals("./docs", led.headers().firstValue("Location").orElse(""));
        String page = server.get("/docs").body();
        assertTrue(page.contains(server.url() + "/jobs"), "a call has the address by which the page was reached");
    }

    @Test
    void theDescriptionTellsTheInputsOfModulesToThoseWhoMaySeeModules() throws Exception {
        HttpResponse<String> known = server.get("/openapi.json");
        assertTrue(known.body().contains("\"HelloInputs\""));
        for (String token : List.of("", "wrong")) {
            HttpResponse<String> stranger = server.client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/openapi.json"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(200, stranger.statusCode());
            assertFalse(stranger.body().contains("HelloInputs"));
            assertNotEquals(
                    known.headers().firstValue("ETag"), stranger.headers().firstValue("ETag"));
        }
        String tag = known.headers().firstValue("ETag").orElseThrow();
        assertEquals(
                304,
                server.send(server.request("/openapi.json").header("If-None-Match", tag))
                        .statusCode());
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

package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Older programs that are given a token in the server's address, {@code http://worker:TOKEN@host:port}. */
class TokenInAddressIT {

    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void startTheServer() {
        server = Server.start(folder.resolve("data"));
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    private static String token() throws Exception {
        return Files.readString(folder.resolve("data/admin.token")).strip();
    }

    @Test
    void aWorkerIsServedWithATokenAsItsPasswordWhateverItsUser() throws Exception {
        for (String user : List.of("worker", "", "anybody else")) {
            Map<String, ?> request =
                    Map.of("job_title", "far", "tasks", List.of(Map.of("module", "far", "data", Map.of())));
            server.api().post("/queue", request).expect(200);
            var worker =
                    new PollingWorker(Wire.to(server.url(), Library.REQUESTS).as(user + ":" + token()));
            worker.beatAtStart().expect(204);
            assertTrue(worker.mayPoll());
            JsonNode job = worker.poll();
            worker.beatAt(job, "far", "").expect(204);
            worker.complete(job, false, "{}").expect(204);
            assertNull(worker.poll());
        }
    }

    @Test
    void withoutTheRightTokenNothingIsTold() throws Exception {
        Wire bare = Wire.to(server.url(), Library.HTTPX);
        assertEquals(401, bare.get("/queue").status());
        assertEquals(401, bare.as("worker:wrong").get("/queue").status());
        assertEquals(
                401,
                bare.as(token() + ":").get("/queue").status(),
                "a token in place of the user name is not accepted");
        assertEquals(200, bare.as("x:" + token()).get("/status").status());
    }
}

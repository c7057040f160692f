package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data that a module hands over takes a bounded amount of the server's memory, however large it is. */
class SmallHeapIT {

    /** The heap: an idle server needs a quarter of it, and the largest text that the module itself creates needs two fifths. */
    private static final String HEAP = "-Xmx160m";

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;

    @BeforeAll
    static void startTheServer() {
        server = Server.start(
                folder.resolve("data"), Path.of(System.getProperty("java.home")), Map.of("PAWL_JAVA_OPTS", HEAP));
        api = server.api();
        api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @Test
    void whatIsTooLargeIsRefusedEachTime() {
        JsonNode job = ended("HAND_OVER_TOO_MUCH");
        assertEquals("completed", job.get("status").asText(), job.toString());
        assertEquals(
                40, api.results(job.get("id").asText()).get(0).get("refused").asInt());
    }

    @Test
    void aMillionLinesOfTwoJobsAtOnceAreTaken() {
        for (String id : List.of(start("FLOOD_THE_LOG"), start("FLOOD_THE_LOG"))) {
            assertEquals("completed", api.awaitEnd(id).get("status").asText());
            assertEquals(
                    "line 1000000",
                    api.get("/jobs/" + id + "/logs?limit=1")
                            .expect(200)
                            .at("/logs/0/message")
                            .asText());
        }
    }

    @Test
    void resultsThatAreLargerThanTheHeapAreKeptAndReadPageByPage() {
        String id = ended("EMIT_MUCH").get("id").asText();
        List<Integer> read = new ArrayList<>();
        long after = 0;
        JsonNode page;
        do {
            page = api.get("/jobs/" + id + "/results?limit=1000&after=" + after).expect(200);
            assertTrue(page.get("results").size() <= 8, "the size of a page is not bounded");
            for (JsonNode row : page.get("results")) {
                read.add(row.at("/data/n").asInt());
                after = row.get("sequence").asLong();
            }
        } while (after < page.get("total").asLong());
        assertEquals(IntStream.rangeClosed(1, 300).boxed().toList(), read);
    }

    @Test
    void aHugeMessageFailsTheJobWithItsBeginning() {
        JsonNode job = ended("THROW_A_HUGE_MESSAGE");
        assertEquals("failed", job.get("status").asText());
        String message = job.at("/failure/message").asText();
        assertTrue(message.startsWith("java.lang.IllegalStateException: mmm") && message.length() == 4096, message);
        String stack = job.at("/failure/stack").asText();
        assertTrue(stack.contains("Caused by: java.lang.IllegalStateException: the cause"), stack);
    }

    private String start(String deed) {
        return api.start("rogue", Map.of("deed", deed));
    }

    private JsonNode ended(String deed) {
        JsonNode job = api.awaitEnd(start(deed));
        assertEquals(
                "online", api.get("/status/health").expect(200).get("status").asText());
        return job;
    }
}

package dev.pawl.it.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.crowd.Attackers.Manner;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.LogFollower;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crowds of clients that request a lot, stop half way or read nothing: health is answered within 100 ms throughout, honest clients are
 * served, and afterwards the server is as before. The figures are in {@code target/crowds.txt}.
 */
@Tag("alone")
class CrowdsIT {

    private static final String HEAP = "-Xmx256m";
    private static final int FOUR_MIB = 4 << 20;
    private static final String FOLLOW = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    /** The time in which all followers connect and receive the first lines. */
    private static final Duration UNTIL_THEY_HAVE_COME = Duration.ofSeconds(2);

    /** The time until silent followers are dropped: until then they occupy all the memory for followers, a fifth of the heap. */
    private static final Duration UNTIL_THEY_ARE_LET_GO = Duration.ofSeconds(8);

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;
    private static String token;
    private static String authorization;
    private static String page;
    private static String longLog;

    private Trial trial;

    @BeforeAll
    static void startTheServer() throws Exception {
        Path data = folder.resolve("data");
        server = Server.start(data, Path.of(System.getProperty("java.home")), Map.of("PAWL_JAVA_OPTS", HEAP));
        api = server.api();
        token = Files.readString(data.resolve("admin.token")).strip();
        authorization = "Authorization: Bearer " + token + "\r\n";
        api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
        page = "/jobs/" + ended("EMIT_MUCH") + "/results?limit=1000";
        longLog = "/jobs/" + ended("LOG_LONG_LINES") + "/logs/stream?after=0";
        useIt();
    }

    /** Uses the server for a while, since the JIT compiler dominates the first seconds of a process. */
    private static void useIt() {
        try (var health = new HealthProbe(server.url());
                var honest = new HonestClients(server.url(), token)) {
            Eventually.eventually(
                    "jobs of honest clients",
                    Duration.ofMinutes(1),
                    () -> honest.jobs().count() >= 200);
            assertEquals(List.of(), health.failures());
        }
    }

    @AfterAll
    static void stopTheServer() {
        assertEquals(0, server.terminate());
    }

    @BeforeEach
    void nameTheTrial(TestInfo test) {
        trial = new Trial(test.getTestMethod().orElseThrow().getName(), server, token);
    }

    @Test
    void refusedRequestsAsFastAsTheyCanKeepNobodyOut() throws Exception {
        var request = new Crowd.Request(150, Manner.IMPATIENT, "POST /jobs", "Content-Length: 7\r\n", "xxxxxxx");
        trial.endure(
                request,
                crowd -> Eventually.eventually("no client waits after a refusal", () -> crowd.answers() > 600));
    }

    @Test
    void requestsOneBehindTheOtherWithoutEndKeepNobodyOut() throws Exception {
        trial.endure(new Crowd.Request(100, Manner.PIPELINING, "GET /docs", authorization, ""));
    }

    @Test
    void refusedRequestsOneBehindTheOtherWithoutEndKeepNobodyOut() throws Exception {
        trial.endure(new Crowd.Request(100, Manner.PIPELINING, "DELETE /jobs/1", "", ""));
    }

    @Test
    void answersThatNobodyReadsKeepNobodyOut() throws Exception {
        String more = ("GET /docs HTTP/1.1\r\nHost: 127.0.0.1:" + server.url().getPort() + "\r\n\r\n").repeat(400);
        trial.endure(new Crowd.Request(130, Manner.SILENT, "GET /docs", "", more));
    }

    @Test
    void silentUploadsKeepNobodyOut() throws Exception {
        String headers = authorization + "Content-Type: application/java-archive\r\nContent-Length: 100000\r\n";
        trial.endure(new Crowd.Request(130, Manner.SILENT, "POST /modules", headers, "PK"));
    }

    @Test
    void bodiesThatNeverEndTakeABoundedPartOfTheMemory() throws Exception {
        String headers = authorization + "Content-Length: " + FOUR_MIB + "\r\n";
        trial.endure(new Crowd.Request(125, Manner.SILENT, "POST /jobs", headers, " ".repeat(FOUR_MIB - 1)));
    }

    @Test
    void heartbeatsWithHugeNamesLeaveNothingBehind() throws Exception {
        String beat = "{\"status\": \"idle\", \"hostname\": \"" + "h".repeat(FOUR_MIB - 100) + "\"}";
        String headers = authorization + "Content-Length: " + beat.length() + "\r\n";
        trial.endure(new Crowd.Request(116, Manner.SILENT, "POST /workers/crowd-{n}", headers, beat));
    }

    @Test
    void largePagesThatNobodyReadsTakeABoundedPartOfTheMemory() throws Exception {
        trial.endure(new Crowd.Request(60, Manner.SILENT, "GET " + page, authorization, ""));
        assertEquals(200, api.get(page).status());
    }

    @Test
    void followersThatReadNothingHoldUpNobodyWhoReads() throws Exception {
        var request = new Crowd.Request(100, Manner.SILENT, "GET " + longLog, FOLLOW + authorization, "");
        trial.endure(request, crowd -> assertTrue(linesOf(longLog) >= 200, "a follower that reads gets all lines"));
    }

    @Test
    void asManyFollowersAsThereMayBeHoldUpNobodyWhoReads() throws Exception {
        var request = new Crowd.Request(980, Manner.SILENT, "GET " + longLog, FOLLOW + authorization, "");
        trial.within(UNTIL_THEY_HAVE_COME, UNTIL_THEY_ARE_LET_GO)
                .endure(request, crowd -> assertTrue(linesOf(longLog) >= 200, "a follower that reads gets all lines"));
    }

    private static String ended(String deed) {
        String job = api.start("rogue", Map.of("deed", deed));
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        return job;
    }

    private static int linesOf(String path) {
        LogFollower follower = new LogFollower(
                HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", "Bearer " + token),
                server.url().resolve(path));
        assertEquals(WebSocket.NORMAL_CLOSURE, follower.closeCode());
        return follower.texts().size();
    }
}

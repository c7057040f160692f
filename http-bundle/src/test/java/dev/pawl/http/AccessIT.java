package dev.pawl.http;

import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.auth.Tokens;
import dev.pawl.service.access.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class AccessIT {

    private static final String ORIGIN = "https://console.example.org";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server =
            new TestServer(() -> data, Map.of("pawl.cors.origins", ORIGIN + ", https://pawl.example.org:8443"));

    @BeforeAll
    static void start() throws Exception {
        for (Role role : List.of(Role.WORKER, Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(tokenOf(role).getBytes(StandardCharsets.UTF_8));
            server.documentStore.put(
                    Tokens.OWNER,
                    HexFormat.of().formatHex(hash),
                    "{\"name\": \"" + role.wireName() + "-token\", \"role\": \"" + role.wireName() + "\"}");
        }
    }

    @Test
    void aTokenMayBeThePasswordOfTheBasicScheme() throws Exception {
        for (String name : List.of("", "pawl", "anything")) {
            assertEquals(200, basic(name + ":" + server.token()));
        }
        assertEquals(401, basic("pawl:wrong"));
        assertEquals(401, basic(server.token()));
        assertEquals(
                401,
                server.send(HttpRequest.newBuilder(server.url().resolve("/jobs"))
                                .header("Authorization", "Basic %%%"))
                        .statusCode());
    }

    private static int basic(String credentials) throws Exception {
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return server.send(HttpRequest.newBuilder(server.url().resolve("/jobs"))
                        .header("Authorization", "Basic " + encoded))
                .statusCode();
    }

    @Test
    void aServerProvesToHaveTheAdminTokenAtItsAddressWithoutSayingIt() throws Exception {
        String challenge = "a-challenge_of-24-letters";
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(server.url().resolve("/status/identity?challenge=" + challenge)));

        byte[] key = MessageDigest.getInstance("SHA-256").digest(server.token().getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String host = server.url().getRawAuthority();
        String proof = HexFormat.of()
                .formatHex(mac.doFinal(
                        ("pawl server identity\n" + host + "\n" + challenge).getBytes(StandardCharsets.UTF_8)));
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"" + proof + "\""), answer.body());
        for (String bad :
                List.of("", "?challenge=short", "?challenge=" + "x".repeat(129), "?challenge=16%0Acharacters%20..")) {
            problem(
                    400,
                    "PAWL-300",
                    server.send(HttpRequest.newBuilder(server.url().resolve("/status/identity" + bad))));
        }
    }

    @Test
    void aTokenThatIsNotKnownIsRefused() throws Exception {
        HttpResponse<String> answer = server.send(
                HttpRequest.newBuilder(server.url().resolve("/status")).header("Authorization", "Bearer x"));
        problem(401, "PAWL-400", answer);
        assertEquals(Optional.of("Bearer"), answer.headers().firstValue("WWW-Authenticate"));
        HttpResponse<String> basic =
                server.send(HttpRequest.newBuilder(server.url().resolve("/status"))
                        .header("Authorization", "Basic " + server.token()));
        problem(401, "PAWL-400", basic);
        HttpResponse<String> inQuery =
                server.send(HttpRequest.newBuilder(server.url().resolve("/status?token=" + server.token())));
        problem(401, "PAWL-400", inQuery);
    }

    @Test
    void aLargeUploadWithoutATokenIsAnswered() throws Exception {
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(server.url().resolve("/modules"))
                        .POST(BodyPublishers.ofByteArray(new byte[8 << 20])));
        problem(401, "PAWL-400", answer);
    }

    @Test
    void aHostThatIsNotOursIsRefused() throws Exception {
        int port = server.url().getPort();
        String token = "Authorization: Bearer " + server.token() + "\r\n";
        for (String host : List.of(
                "localhost:" + port,
                "127.0.0.1:" + port,
                "[::1]:" + port,
                "LOCALHOST:" + port,
                "pawl.example.org:8443")) {
            assertEquals(200, Raw.status(Raw.get(port, "/status", "Host: " + host + "\r\n" + token)), host);
        }
        for (String host : List.of(
                "evil.example.org:" + port,
                "localhost",
                "localhost:1",
                "127.0.0.1.evil.org:" + port,
                "10.0.0.1:" + port,
                "evil.org:" + port + "#localhost:" + port)) {
            int status = Raw.status(Raw.get(port, "/status/health", "Host: " + host + "\r\n" + token));
            assertTrue(status == 403 || status == 400, host + " answered " + status);
        }
    }

    @Test
    void pagesOfOtherSitesAreRefused() throws Exception {
        for (String origin : List.of("http://evil.example.org", "null", "http://127.0.0.1:1", ORIGIN + ".evil.org")) {
            HttpResponse<String> answer = server.send(server.request("/status").header("Origin", origin));
            problem(403, "PAWL-402", answer);
            assertTrue(
                    answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty(), origin);
        }
        HttpResponse<String> image = server.send(server.request("/queue/poll").header("Sec-Fetch-Site", "cross-site"));
        problem(403, "PAWL-402", image);
        HttpResponse<String> link = server.send(server.request("/docs").header("Sec-Fetch-Site", "cross-site"));
        assertEquals(200, link.statusCode());
    }

    @Test
    void ourOwnPagesAndListedOnesMayCall() throws Exception {
        String own = "http://127.0.0.1:" + server.url().getPort();
        assertEquals(
                200,
                server.send(server.request("/status").header("Origin", own)).statusCode());
        HttpResponse<String> listed = server.send(server.request("/status").header("Origin", ORIGIN));
        assertEquals(200, listed.statusCode());
        assertEquals(Optional.of(ORIGIN), listed.headers().firstValue("Access-Control-Allow-Origin"));
        HttpResponse<String> refused = server.send(
                HttpRequest.newBuilder(server.url().resolve("/status")).header("Origin", ORIGIN));
        problem(401, "PAWL-400", refused);
        assertEquals(Optional.of(ORIGIN), refused.headers().firstValue("Access-Control-Allow-Origin"));
    }

    @Test
    void aBrowserMayAskFirst() throws Exception {
        HttpResponse<String> listed = preflight(ORIGIN);
        assertEquals(204, listed.statusCode(), listed.body());
        assertEquals(Optional.of(ORIGIN), listed.headers().firstValue("Access-Control-Allow-Origin"));
        assertTrue(listed.headers()
                .firstValue("Access-Control-Allow-Methods")
                .orElse("")
                .contains("DELETE"));
        assertTrue(listed.headers()
                .firstValue("Access-Control-Allow-Headers")
                .orElse("")
                .contains("Authorization"));
        problem(403, "PAWL-402", preflight("http://evil.example.org"));
    }

    @Test
    void everyAnswerGuardsTheBrowser() throws Exception {
        for (String path : List.of("/docs", "/status", "/nothing")) {
            HttpResponse<String> answer = server.get(path);
            assertEquals(Optional.of("nosniff"), answer.headers().firstValue("X-Content-Type-Options"), path);
            assertEquals(Optional.of("no-store"), answer.headers().firstValue("Cache-Control"), path);
            assertTrue(answer.headers()
                    .firstValue("Content-Security-Policy")
                    .orElse("")
                    .contains("default-src 'none'"));
            assertFalse(answer.headers().map().containsKey("set-cookie"), path);
            assertFalse(answer.headers().map().containsKey("server"), path);
        }
    }

    @Test
    void everyAnswerCarriesTheIdOfItsRequest() throws Exception {
        String given = "Az09-_.~:+/=@" + "x".repeat(115);
        for (String path : List.of("/docs", "/status", "/nothing")) {
            HttpResponse<String> answer = server.send(
                    server.request(path).header("X-Request-Id", given).GET());
            assertEquals(List.of(given), answer.headers().allValues("X-Request-Id"), path);
        }
    }

    @Test
    void anIdThatIsNotSafeToRepeatIsReplacedByAShortOne() throws Exception {
        for (String odd : List.of("x".repeat(129), "a b", "<b>", "a,b", "\"", "{}")) {
            String id = server.send(server.request("/status").header("X-Request-Id", odd))
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElse("");
            assertTrue(id.matches("[a-z0-9]{1,8}-[a-z0-9]{1,6}"), odd + " became " + id);
        }
        HttpResponse<String> first = server.get("/status");
        HttpResponse<String> second = server.get("/status");
        assertNotEquals(
                first.headers().firstValue("X-Request-Id"), second.headers().firstValue("X-Request-Id"));
    }

    @Test
    void changesAreMadeInTheNameOfTheToken() throws Exception {
        server.send(HttpRequest.newBuilder(server.url().resolve("/modules"))
                .header("Authorization", "Bearer " + tokenOf(Role.ADMIN))
                .POST(BodyPublishers.ofString("x")));
        assertEquals("admin-token", server.deployer.last().how().by());
    }

    private static HttpResponse<String> preflight(String origin) throws Exception {
        return server.send(HttpRequest.newBuilder(server.url().resolve("/jobs/1"))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "DELETE")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static String tokenOf(Role role) {
        return "a-token-that-is-long-enough-for-the-" + role;
    }
}

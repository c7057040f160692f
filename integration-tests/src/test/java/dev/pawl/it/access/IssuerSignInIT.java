package dev.pawl.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a browser, at an issuer that is a process of its own and at the real server. */
class IssuerSignInIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String START = "{\"module_id\": \"hello\", \"inputs\": {\"name\": \"Ann\"}}";

    @TempDir
    Path folder;

    private Server start(IssuerProcess issuer) throws IOException {
        String port = Integer.toString(freePort());
        return Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of(
                        "PAWL_API_PORT",
                        port,
                        "PAWL_PUBLIC_URL",
                        "http://127.0.0.1:" + port,
                        "PAWL_OIDC_ISSUER",
                        issuer.url(),
                        "PAWL_OIDC_CLIENT_ID",
                        "pawl",
                        "PAWL_OIDC_ROLE_CLAIM",
                        "groups",
                        "PAWL_OIDC_ROLES",
                        "ops=operator"));
    }

    private static Map<String, Object> person(String... groups) {
        return Map.of("preferred_username", "ann", "groups", List.of(groups));
    }

    @Test
    void aPersonSignsInWorksAndSignsOut() throws Exception {
        try (IssuerProcess issuer = IssuerProcess.start();
                Server server = start(issuer)) {
            issuer.person(person("ops", "staff"));
            var browser = new Browser(server.url());
            assertTrue(browser.go("/session").body().contains("session/oidc"), "the page offers it");
            HttpResponse<String> begun = browser.go("/session/oidc?return_to=%2Fjobs");
            assertTrue(Browser.target(begun).toString().startsWith(issuer.url() + "/authorize?"));
            HttpResponse<String> back = browser.follow(begun);
            HttpResponse<String> finished = browser.follow(back);
            assertEquals(server.url().resolve("/jobs"), Browser.target(finished));
            assertEquals(1, browser.cookies().size(), () -> browser.cookies().toString());
            assertEquals(200, browser.follow(finished).statusCode());

            JsonNode started =
                    JSON.readTree(browser.call("POST", "/jobs", START).body());
            JsonNode job =
                    server.api().get("/jobs/" + started.get("id").asText()).expect(200);
            assertEquals("ann", job.get("started_by").asText());
            assertEquals(403, browser.go("/tokens").statusCode(), "an operator is no admin");
            assertTrue(audited(server, "session.open", "ann"));

            assertRefused(browser.go(Browser.target(back)), 403, "PAWL-412", "did not begin");
            assertEquals(200, browser.go("/jobs").statusCode(), "which ends no session");
            Map<String, String> stolen = Map.copyOf(browser.cookies());
            assertEquals(204, browser.call("DELETE", "/session", "").statusCode());
            browser.cookies().putAll(stolen);
            assertEquals(401, browser.go("/jobs").statusCode());
            assertTrue(audited(server, "session.close", "ann"));
        }
    }

    @Test
    void anAnswerIsWorthNothingElsewhere() throws Exception {
        try (IssuerProcess issuer = IssuerProcess.start();
                Server server = start(issuer)) {
            issuer.person(person("ops"));
            var attacker = new Browser(server.url());
            URI answer = Browser.target(attacker.follow(attacker.go("/session/oidc")));

            var victim = new Browser(server.url());
            assertRefused(victim.go(answer), 403, "PAWL-412", "did not begin");
            victim.go("/session/oidc");
            assertRefused(victim.go(answer), 403, "PAWL-412", "(state)");
            assertEquals(401, victim.go("/jobs").statusCode());

            Map<String, String> ticket = Map.copyOf(attacker.cookies());
            attacker.go(answer);
            assertEquals(200, attacker.go("/jobs").statusCode());
            attacker.cookies().putAll(ticket);
            assertRefused(attacker.go(answer), 403, "PAWL-412", "finished before");
            assertRefused(victim.go("/session/oidc?return_to=%2F%2Fevil.example"), 400, "PAWL-300", "return_to");
            assertRefused(
                    victim.go(URI.create("http://localhost:" + server.url().getPort() + "/session/oidc")),
                    403,
                    "PAWL-412",
                    "PAWL_PUBLIC_URL");
        }
    }

    @Test
    void refusalsAndOutagesAreSaidAndTokensWorkMeanwhile() throws Exception {
        try (IssuerProcess issuer = IssuerProcess.start();
                Server server = start(issuer)) {
            var browser = new Browser(server.url());
            HttpResponse<String> denied = browser.follow(browser.follow(browser.go("/session/oidc")));
            assertRefused(denied, 403, "PAWL-412", "access_denied");

            issuer.person(person("staff"));
            HttpResponse<String> unknown = browser.follow(browser.follow(browser.go("/session/oidc")));
            assertRefused(unknown, 403, "PAWL-401", "groups");
            assertFalse(browser.cookies().keySet().stream().anyMatch(name -> name.matches("pawl_\\d+")));

            issuer.person(person("ops"));
            HttpResponse<String> back = browser.follow(browser.go("/session/oidc"));
            issuer.kill();
            assertRefused(browser.follow(back), 503, "PAWL-410", issuer.url());
            server.api().get("/jobs").expect(200);
            assertFalse(server.said().contains("Exception"), server::said);
        }
    }

    @Test
    void aServerStartsWithoutItsIssuerAndARestartEndsSessions() throws Exception {
        IssuerProcess issuer = IssuerProcess.start();
        issuer.person(person("ops"));
        var kept = new HashMap<String, String>();
        try (Server server = start(issuer)) {
            var browser = new Browser(server.url());
            browser.follow(browser.follow(browser.go("/session/oidc")));
            assertEquals(200, browser.go("/jobs").statusCode());
            browser.cookies().forEach((name, value) -> kept.put("pawl", value));
            server.kill();
        }
        issuer.kill();
        try (Server server = start(issuer)) {
            var browser = new Browser(server.url());
            assertRefused(browser.go("/session/oidc"), 503, "PAWL-410", issuer.url());
            kept.forEach((name, value) ->
                    browser.cookies().put(name + "_" + server.url().getPort(), value));
            assertRefused(browser.go("/jobs"), 401, "PAWL-400", "session has ended");
        }
    }

    private static boolean audited(Server server, String action, String who) {
        for (JsonNode entry :
                server.api().get("/audit?action=" + action).expect(200).get("entries")) {
            if (entry.get("who").asText().equals(who)) {
                return true;
            }
        }
        return false;
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code, String because)
            throws IOException {
        assertEquals(status, answer.statusCode(), answer.body());
        JsonNode problem = JSON.readTree(answer.body());
        assertEquals(code, problem.get("code").asText());
        assertTrue(problem.get("detail").asText().contains(because), problem::toString);
        assertFalse(problem.get("remedy").asText().isEmpty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

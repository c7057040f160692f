package dev.pawl.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer that is a process of its own, at the real server. */
class IssuerTokensIT {

    private static final Map<String, Object> HELLO = Map.of("module_id", "hello", "inputs", Map.of("name", "Ann"));

    @TempDir
    Path folder;

    private Server start(IssuerProcess issuer) {
        return Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of(
                        "PAWL_OIDC_ISSUER", issuer.url(),
                        "PAWL_OIDC_AUDIENCE", "pawl",
                        "PAWL_OIDC_ROLE_CLAIM", "realm_access.roles",
                        "PAWL_OIDC_ROLES", "team=viewer,ops=operator"));
    }

    private static Map<String, Object> roles(String... roles) {
        return Map.of("preferred_username", "ann", "realm_access", Map.of("roles", List.of(roles)));
    }

    @Test
    void theClaimGivesTheRoleAndAnOutageOfTheIssuerLocksNobodyOut() throws Exception {
        try (IssuerProcess issuer = IssuerProcess.start();
                Server server = start(issuer)) {
            Api viewer = new Api(server.url(), issuer.token(roles("team", "other")));
            viewer.get("/jobs").expect(200);
            assertRefused(viewer.post("/jobs", HELLO), 403, "PAWL-401", "operator");
            Api operator = new Api(server.url(), issuer.token(roles("team", "ops")));
            String id = operator.start("hello", Map.of("name", "Ann"));
            operator.awaitEnd(id);

            String nobody = issuer.token(roles("other"));
            assertRefused(new Api(server.url(), nobody).get("/jobs"), 403, "PAWL-401", "realm_access.roles");
            String foreign = issuer.token(Map.of("aud", "other"));
            assertRefused(new Api(server.url(), foreign).get("/jobs"), 401, "PAWL-400", "aud");
            String late = issuer.token(roles("team"));
            String forged = late.substring(0, late.lastIndexOf('.') + 1) + "x".repeat(342);
            assertRefused(new Api(server.url(), forged).get("/jobs"), 401, "PAWL-400", "signature");

            issuer.kill();
            new Api(server.url(), late).get("/jobs").expect(200); // by a key that is known
            server.api().get("/jobs").expect(200);
        }
    }

    @Test
    void aServerStartsWithoutItsIssuerAndSaysSoOnlyToThoseWhoComeWithItsTokens() throws Exception {
        IssuerProcess issuer = IssuerProcess.start();
        String token = issuer.token(roles("team"));
        issuer.kill();
        try (Server server = start(issuer)) {
            server.api().get("/jobs").expect(200);
            assertRefused(new Api(server.url(), token).get("/jobs"), 503, "PAWL-410", issuer.url());
            assertFalse(server.said().contains("Exception"), server::said);
        }
    }

    private static void assertRefused(Api.Answer answer, int status, String code, String because) {
        JsonNode problem = answer.expect(status);
        assertEquals(code, problem.get("code").asText());
        assertTrue(problem.get("detail").asText().contains(because), problem::toString);
    }
}

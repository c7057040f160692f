package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenCommandsTest extends ServedCommandTest {

    private static final String ISSUED =
            "{\"id\":\"3f9a1c04b27e\",\"name\":\"ci\",\"role\":\"worker\",\"modules\":[\"a\","
                    + "\"b\"],\"own_jobs\":false,\"expires_at\":null,\"token\":\"pawl_secret\"}";

    @Test
    void theSecretIsAloneOnTheOutput() {
        server.answer("POST /tokens", 201, ISSUED);
        Pawl.Outcome created = pawl.run(
                "token", "create", "ci", "--role", "worker", "--expires-in", "30d", "--module", "a", "--module", "b");
        assertEquals("pawl_secret\n", created.out());
        assertTrue(created.err().contains("3f9a1c04b27e"), created.err());
        assertEquals(
                "{\"name\":\"ci\",\"role\":\"worker\",\"expires_in\":\"30d\",\"modules\":[\"a\",\"b\"]}",
                server.last("POST", "/tokens").body());
    }

    @Test
    void programsGetTheWholeAnswerAndQuietOnesTheSecret() {
        server.answer("POST /tokens", 201, ISSUED);
        assertEquals(
                ISSUED + "\n",
                pawl.run("token", "create", "ci", "--role", "worker", "-o", "json")
                        .out());
        Pawl.Outcome quiet = pawl.run("token", "create", "ci", "--role", "worker", "--quiet");
        assertEquals("pawl_secret\n", quiet.out());
    }

    @Test
    void theListFitsATerminalOf80Columns() {
        String long1 = "a-very-long-name-of-a-token-that-somebody-gave-it-without-thinking";
        server.answer(
                "GET /tokens",
                200,
                "{\"tokens\":[{\"id\":\"3f9a1c04b27e\",\"name\":\"" + long1 + "\",\"role\":\"operator\",\"modules\":[\""
                        + long1
                        + "\"],\"own_jobs\":true,\"expires_at\":\"2026-03-05T12:00:00.000+00:00\",\"last_used_at\":null},"
                        + "{\"id\":\"admin\",\"name\":\"admin\",\"role\":\"admin\",\"modules\":[],\"own_jobs\":false,"
                        + "\"expires_at\":null,\"last_used_at\":\"2026-03-01T11:59:00.000+00:00\"}],\"next_cursor\":\"abc\"}");
        Pawl.Outcome list = pawl.run("token", "list");
        assertTrue(list.lines().stream().allMatch(line -> line.length() <= 80), list.out());
        assertTrue(list.out().contains("never"), list.out());
        assertTrue(list.err().contains("--cursor abc"), list.err());
    }

    @Test
    void theTokenInUseIsShownAndOthersAreRevoked() {
        server.answer("GET /tokens/self", 200, ISSUED.replace(",\"token\":\"pawl_secret\"", ""))
                .answer("DELETE /tokens/3f9a1c04b27e", 204, "")
                .answer("POST /tokens/rotate", 201, ISSUED.replace("3f9a1c04b27e", "admin"));
        Pawl.Outcome self = pawl.run("token", "self");
        assertTrue(self.out().contains("worker") && self.out().contains("a, b"), self.out());
        assertEquals(
                "Revoked 3f9a1c04b27e.\n",
                pawl.run("token", "revoke", "3f9a1c04b27e").out());
        assertEquals("pawl_secret\n", pawl.run("token", "rotate").out());
    }

    @Test
    void aRoleThatDoesNotExistIsAUsageError() {
        Pawl.Outcome refused = pawl.run("token", "create", "ci", "--role", "king");
        assertEquals(2, refused.code());
        assertFalse(refused.err().isEmpty());
        assertEquals(2, pawl.run("token").code());
        assertEquals(2, pawl.run("token", "create", "ci").code());
    }
}

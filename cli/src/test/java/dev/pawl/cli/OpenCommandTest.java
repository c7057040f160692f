package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** {@code pawl open}, against a server with prepared answers. */
class OpenCommandTest extends ServedCommandTest {

    @Test
    void theCodeIsInTheFragmentWhereNoLogSeesIt() {
        server.answer(
                "POST /session/codes", 201, "{\"code\":\"abc-1\",\"expires_at\":\"2026-01-01T10:01:00.000+00:00\"}");
        Pawl.Outcome opened = pawl.run("open");
        assertEquals(server.url() + "/console/#code=abc-1\n", opened.out());
        assertEquals(
                server.url() + "/console/#code=abc-1\n",
                pawl.run("open", "--quiet").out());
        assertEquals(
                "{\"url\":\"" + server.url() + "/console/#code=abc-1\"}\n",
                pawl.run("open", "-o", "json").out());
    }

    @Test
    void withoutTokensTheAddressAloneIsEnough() {
        server.answer(
                "POST /session/codes",
                409,
                "{\"code\":\"PAWL-405\",\"status\":409,\"detail\":\"Tokens are switched off.\",\"remedy\":\"\"}");
        assertEquals(server.url() + "/\n", pawl.run("open").out());
    }

    @Test
    void aRefusalIsShown() {
        server.answer(
                "POST /session/codes",
                403,
                "{\"code\":\"PAWL-401\",\"status\":403,\"detail\":\"This needs the role viewer.\",\"remedy\":\"Ask.\"}");
        Pawl.Outcome refused = pawl.run("open");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("viewer"), refused.err());
        assertFalse(refused.out().contains("#code"), refused.out());
    }
}

package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandsTest extends ServedCommandTest {

    private static final String VALUE = "correct horse \"battery\"";
    private static final String SENT = "\"value\":\"correct horse \\\"battery\\\"\"";

    @TempDir
    private Path folder;

    @BeforeEach
    void takeTheSecret() {
        server.answer("PUT /secrets/smtp.password", 204, "");
    }

    private String sent() {
        return server.last("PUT", "/secrets/smtp.password").body();
    }

    private Pawl.Outcome piped(String input, String... arguments) {
        InputStream former = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return pawl.run(arguments);
        } finally {
            System.setIn(former);
        }
    }

    @Test
    void theValueComesFromAPipeAFileOrAPersonAndIsNeverShown() throws IOException {
        Pawl.Outcome piped = piped(VALUE + "\n", "secret", "set", "smtp.password");
        assertEquals(0, piped.code(), piped.err());
        assertEquals("Set smtp.password.\n", piped.out());
        assertEquals("{" + SENT + "}", sent());

        Path file = Files.writeString(folder.resolve("password.txt"), VALUE + "\r\n");
        Pawl.Outcome filed = pawl.run(
                "secret", "set", "smtp.password", "--file", file.toString(), "--module", "mail", "--module", "backup");
        assertEquals("{" + SENT + ",\"modules\":[\"mail\",\"backup\"]}", sent());

        Pawl.Outcome typed = pawl.answeringWith(VALUE).run("secret", "set", "smtp.password", "--no-modules");
        assertEquals("{" + SENT + ",\"modules\":[]}", sent());
        for (Pawl.Outcome outcome : new Pawl.Outcome[] {piped, filed, typed}) {
            assertFalse((outcome.out() + outcome.err()).contains("battery"), outcome.out() + outcome.err());
        }
    }

    @Test
    void onlyTheLastLineEndIsLeftOut() {
        piped("a\n\nb\n\n", "secret", "set", "smtp.password");
        assertEquals("{\"value\":\"a\\n\\nb\\n\"}", sent());
    }

    @Test
    void aValueAsAnArgumentIsAUsageErrorAndSoIsNone() {
        assertEquals(2, pawl.run("secret", "set", "smtp.password", VALUE).code());
        assertEquals(2, piped("\n", "secret", "set", "smtp.password").code());
        assertEquals(
                2,
                piped("x", "secret", "set", "smtp.password", "--module", "m", "--no-modules")
                        .code());
        assertEquals(2, pawl.run("secret").code());
        assertEquals(2, pawl.run("secret", "set").code());
        assertTrue(
                server.requests().stream().noneMatch(request -> request.method().equals("PUT")));
    }

    @Test
    void theListFitsATerminalAndWarnsOfWhatCannotBeRead() {
        String long1 = "a-very-long-name-of-a-secret-that-somebody-gave-it-without-thinking";
        server.answer(
                "GET /secrets",
                200,
                "{\"secrets\":[{\"name\":\"" + long1 + "\",\"modules\":[\"mail\",\"" + long1
                        + "\"],\"readable\":true,\"changed_at\":\"2026-03-01T11:59:00.000+00:00\",\"changed_by\":\"admin\"},"
                        + "{\"name\":\"old\",\"modules\":[],\"readable\":false,"
                        + "\"changed_at\":\"2025-03-01T11:59:00.000+00:00\",\"changed_by\":\"admin\"}],\"next_cursor\":\"old\"}");
        Pawl.Outcome list = pawl.run("secret", "list");
        assertTrue(list.lines().stream().allMatch(line -> line.length() <= 80), list.out());
        assertTrue(list.err().contains("secret.key") && list.err().contains("--cursor old"), list.err());
        assertEquals(long1 + "\nold\n", pawl.run("secret", "list", "--quiet").out());
        pawl.run("secret", "list", "--cursor", "old");
        assertEquals(
                "/secrets?limit=100&cursor=old", server.last("GET", "/secrets").target());
    }

    @Test
    void aSecretIsRemovedAndAnUnknownOneIsSaidToBe() {
        server.answer("DELETE /secrets/old", 204, "");
        assertEquals("Removed old.\n", pawl.run("secret", "rm", "old").out());
        server.answer(
                "DELETE /secrets/none",
                404,
                "{\"code\":\"PAWL-530\",\"detail\":\"The server keeps no secret \\\"none\\\".\",\"remedy\":\"List them.\"}");
        Pawl.Outcome refused = pawl.run("secret", "rm", "none");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("keeps no secret \"none\""), refused.err());
    }
}

package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.ledger.LedgerModule;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers typed on the command line keep all digits on the way through a real server and back. */
class ExactNumbersIT {

    private static final String AMOUNT = "12345678901234567.89";
    private static final String RATE = "0.12345678901234567890";
    private static final String PAYLOAD = "{\"big\":12345678901234567890.123456789,\"small\":-7E-300,\"zeros\":0.1000}";

    @TempDir
    Path folder;

    private Path data;
    private Server server;

    @BeforeEach
    void startTheServer() {
        data = folder.resolve("data");
        server = Server.start(data);
        server.api()
                .upload(ModuleJar.of(LedgerModule.class, "1.0.0", folder), "")
                .expect(200);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private String pawl(String... arguments) throws IOException, InterruptedException {
        Process process = Server.command(data, Path.of(System.getProperty("java.home")), List.of(arguments))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static void assertContains(String part, String said) {
        assertTrue(said.contains(part), () -> part + " is not in " + said);
    }

    @Test
    void inputsSettingsResultsAndDocumentsComeBackWithEveryDigit() throws Exception {
        assertContains(RATE, pawl("module", "settings", "ledger", "-s", "rate=" + RATE));

        String job =
                pawl("run", "ledger", "-i", "amount=" + AMOUNT, "-i", "payload=" + PAYLOAD, "--wait", "-o", "json");

        assertContains("\"inputs\":{\"amount\":" + AMOUNT + ",\"payload\":" + PAYLOAD + "}", job);
        assertContains("\"effective_settings\":{\"rate\":" + RATE + "}", job);
        assertContains("\"checkpoint\":{\"amount\":" + AMOUNT + "}", job);
        assertContains("\"info\":{\"amount\":" + AMOUNT + "}", job);
        String id = job.replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
        String raw = pawl("result", id, "--raw");
        assertContains("\"amount\":" + AMOUNT, raw);
        assertContains("\"payload\":" + PAYLOAD, raw);
        assertContains("\"rate\":" + RATE, raw);
        assertEquals(
                "{\"name\":\"book\",\"amount\":" + AMOUNT + "}",
                pawl("data", "get", "ledger", "book").strip());

        pawl("data", "put", "ledger", "other", PAYLOAD);
        assertEquals(
                "{\"name\":\"other\"," + PAYLOAD.substring(1),
                pawl("data", "get", "ledger", "other").strip());
        String other = pawl("run", "ledger", "-i", "amount=1", "-s", "rate=" + AMOUNT, "--wait", "-o", "json");
        assertContains("\"settings\":{\"rate\":" + AMOUNT + "}", other);
    }
}

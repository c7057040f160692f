package dev.pawl.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.guarded.GuardedModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets by name at the real server: set by the command, used by tasks, over kills, and nowhere in the data folder. */
class NamedSecretsIT {

    private static final String FIRST = "correct-horse-battery-staple";
    private static final String SECOND = "another-value-of-the-same-name";

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private String pawl(String input, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
        Process process = Server.command(data(), Path.of(System.getProperty("java.home")), List.of(arguments))
                .redirectInput(in.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> read(err));
        Files.delete(in);
        return out;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    private void assertNowhereOnDisk(String value) throws IOException {
        try (var files = Files.walk(data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(value), file + " holds " + value);
            }
        }
    }

    @Test
    void whatWasSetBeforeAKillIsUsedAfterItByTasksThatResumeAndThoseThatStart() throws Exception {
        String id;
        try (Server server = Server.start(data())) {
            Api api = server.api();
            api.upload(ModuleJar.of(GuardedModule.class, "1.0.0", folder), "").expect(200);
            assertEquals("Set key.1.\n", pawl(FIRST + "\n", "secret", "set", "key.1", "--module", "guarded"));
            api.json("PUT", "/modules/guarded/settings", Map.of("api_key", "${secret:key.1}"))
                    .expect(200);
            id = api.start("guarded", Map.of("password", "${secret:key.1}", "seconds", 600));
            Eventually.eventually("its first step", () -> !api.results(id).isEmpty());
            assertEquals(digest(FIRST), api.results(id).get(0).get("password").asText());
            assertEquals(digest(FIRST), api.results(id).get(0).get("api_key").asText());
            pawl(SECOND, "secret", "set", "key.1");
            server.kill();
        }
        assertNowhereOnDisk(FIRST);
        assertNowhereOnDisk(SECOND);
        try (Server server = Server.start(data())) {
            Api api = server.api();
            assertEquals("completed", api.awaitEnd(id).get("status").asText());
            JsonNode last = api.results(id).get(1);
            assertEquals(digest(SECOND), last.get("password").asText());
            assertEquals(digest(SECOND), last.get("api_key").asText());
            assertTrue(pawl("", "secret", "list").contains("guarded"));
            JsonNode shown = api.get("/modules/guarded/settings").expect(200);
            assertEquals("********", shown.findValue("api_key").asText());

            pawl("", "secret", "rm", "key.1");
            String failed = api.start("guarded", Map.of());
            String error = api.awaitEnd(failed).get("error").toString();
            assertTrue(error.contains("api_key refers to the secret key.1"), error);
            List<String> actions = api.get("/audit?limit=100").expect(200).findValuesAsText("action");
            assertTrue(actions.containsAll(List.of("secret.set", "secret.remove")), actions::toString);
            assertEquals(0, server.terminate(), server::said);
        }
        assertNowhereOnDisk(FIRST);
        assertNowhereOnDisk(SECOND);
    }

    @Test
    void aKillWhileSecretsAreSetLosesNoneThatWasConfirmed() throws Exception {
        int confirmed = 0;
        for (int kill = 0; kill < 3; kill++) {
            try (Server server = Server.start(data())) {
                Api api = server.api();
                int from = confirmed;
                Thread killer = new Thread(() -> {
                    Eventually.eventually(
                            "some are set",
                            () -> api.get("/secrets").expect(200).get("secrets").size() >= Math.min(100, from + 5));
                    server.kill();
                });
                killer.start();
                try {
                    while (confirmed < 100) {
                        api.json("PUT", String.format("/secrets/s%03d", confirmed), Map.of("value", FIRST + confirmed))
                                .expect(204);
                        confirmed++;
                    }
                } catch (RuntimeException killed) {
                    assertFalse(server.isAlive() && !killer.isAlive(), killed::toString);
                }
                killer.join();
            }
        }
        try (Server server = Server.start(data())) {
            JsonNode secrets =
                    server.api().get("/secrets?limit=100").expect(200).get("secrets");
            assertTrue(secrets.size() >= Math.min(100, confirmed), secrets.size() + " of " + confirmed);
            secrets.forEach(secret -> assertTrue(secret.get("readable").asBoolean(), secret::toString));
            assertTrue(
                    server.api().get("/audit/verify").expect(200).get("sound").asBoolean());
        }
        assertNowhereOnDisk(FIRST);
    }
}

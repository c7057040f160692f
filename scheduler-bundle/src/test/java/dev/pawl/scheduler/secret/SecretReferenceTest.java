package dev.pawl.scheduler.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretReferenceTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("API_KEY", "k1", "SMTP_PASSWORD", "k2", "ROOT", "k3");

    private static final KeptSecrets NONE = new KeptSecrets(name -> Optional.empty(), new Vault(KeyFile.inMemory()));

    @TempDir
    private Path folder;

    private Path allowed;
    private Path forbidden;

    @BeforeEach
    void write() throws IOException {
        allowed = Files.writeString(
                Files.createDirectory(folder.resolve("secrets")).resolve("key"), "k4\n");
        forbidden = Files.writeString(folder.resolve("admin.token"), "k5\n");
    }

    private String ofJob(String text) {
        var bounds = ReferenceBounds.of("API_KEY, SMTP_*", List.of(folder.resolve("secrets")));
        return String.valueOf(new SecretReference(ENVIRONMENT::get, bounds, NONE)
                .followedOfJob("m", Map.of("password", text), List.of("password"))
                .get("password"));
    }

    private void refused(String text, String setting) {
        String message = String.valueOf(
                assertThrows(UnreadableSecretException.class, () -> ofJob(text)).getMessage());
        assertTrue(message.contains("password") && message.contains(setting), message);
    }

    @Test
    void aJobMayReferToWhatTheOperatorHasNamed() {
        assertEquals("k1", ofJob("${env:API_KEY}"));
        assertEquals("k2", ofJob("${env:SMTP_PASSWORD}"));
        assertEquals("k4", ofJob("${file:" + allowed + "}"));
        assertEquals("plain ${env:ROOT}", ofJob("plain ${env:ROOT}"));
    }

    @Test
    void aJobMayReferToNothingElse() throws IOException {
        refused("${env:ROOT}", "PAWL_SECRET_ENV");
        refused("${env:API_KEY_2}", "PAWL_SECRET_ENV");
        refused("${file:" + forbidden + "}", "PAWL_SECRET_FILES");
        refused("${file:" + folder + "/secrets/../admin.token}", "PAWL_SECRET_FILES");
        Path link = Files.createSymbolicLink(folder.resolve("secrets/link"), forbidden);
        refused("${file:" + link + "}", "PAWL_SECRET_FILES");
    }

    @Test
    void withoutBoundsAReferenceOfAJobIsAPlainText() {
        var references = new SecretReference(ENVIRONMENT::get, ReferenceBounds.NOTHING, NONE);
        Map<String, Object> values = Map.of("password", "${env:API_KEY}");
        assertEquals(values, references.followedOfJob("m", values, List.of("password")));
    }

    @Test
    void onlySecretValuesAreFollowed() {
        var bounds = ReferenceBounds.of("API_KEY", List.of());
        Map<String, Object> values = Map.of("text", "${env:API_KEY}");
        assertEquals(
                values,
                new SecretReference(ENVIRONMENT::get, bounds, NONE).followedOfJob("m", values, List.of("password")));
    }

    @Test
    void anAdminMayReferToAnything() {
        var references = new SecretReference(ENVIRONMENT::get, ReferenceBounds.NOTHING, NONE);
        assertEquals(
                Map.of("password", "k5"),
                references.followed(Map.of("password", "${file:" + forbidden + "}"), List.of("password")));
    }
}

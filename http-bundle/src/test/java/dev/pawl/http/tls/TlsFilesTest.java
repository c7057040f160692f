package dev.pawl.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.tls.SelfSigned;
import dev.pawl.http.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsFilesTest {

    @TempDir
    private Path folder;

    private Certified files;

    @BeforeEach
    void write() throws IOException {
        files = new Certified(folder);
    }

    private static ServerCertificate read(TlsSettings settings) throws WrongCertificateException {
        return new TlsFiles(settings).read();
    }

    private void refused(TlsSettings settings, String... words) {
        String message = String.valueOf(assertThrows(WrongCertificateException.class, () -> read(settings))
                .getMessage());
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void theNamesOfTheCertificateAreThoseItIsValidFor() throws Exception {
        ServerCertificate read = read(files.settings());
        assertEquals(Set.of("localhost", "127.0.0.1"), read.names());
        assertTrue(read.fingerprint().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"), read.fingerprint());
    }

    @Test
    void oneFileMayHoldBoth() throws Exception {
        SelfSigned pair = Certified.fresh();
        Files.writeString(files.certificate(), pair.keyText() + pair.certificateText());
        TlsSettings settings = TlsSettings.read(
                        Map.of("pawl.tls.certificate", files.certificate().toString())::get)
                .orElseThrow();
        assertEquals(pair.certificate(), read(settings).leaf());
    }

    @Test
    void wrongFilesAreNamedWithWhatTheyShouldBe() throws Exception {
        Path missing = folder.resolve("missing");
        refused(
                new TlsSettings(missing, files.key(), null, null, ""),
                "PAWL_TLS_CERTIFICATE is \"" + missing,
                "cannot be read");
        refused(
                new TlsSettings(files.certificate(), missing, null, null, ""),
                "PAWL_TLS_KEY is \"" + missing,
                "cannot be read");
        refused(new TlsSettings(files.key(), files.key(), null, null, ""), "holds no certificate");
        refused(new TlsSettings(files.certificate(), files.certificate(), null, null, ""), "holds no private key");
        Files.writeString(files.key(), Certified.fresh().keyText());
        refused(files.settings(), "does not belong to the key", "Name the key");
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n");
        refused(files.settings(), "damaged");
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        refused(files.settings(), "damaged");
        refused(new TlsSettings(null, null, files.key(), null, "x"), "PAWL_TLS_KEYSTORE", "cannot be opened");
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        for (Map<String, String> settings : List.of(
                Map.of("pawl.tls.key", "/k"), Map.of("pawl.tls.certificate", "/c", "pawl.tls.keystore", "/s"))) {
            assertThrows(IllegalStateException.class, () -> TlsSettings.read(settings::get));
        }
        assertTrue(TlsSettings.read(name -> null).isEmpty());
    }

    @Test
    void anExpiredCertificateIsServedWithAWarning() throws Exception {
        files.write(
                SelfSigned.of(List.of("localhost"), Instant.now().minus(Certified.YEAR), Certified.YEAR.minusDays(1)));
        try (LoggedLines lines = LoggedLines.open();
                Tls open = files.open()) {
            assertEquals(Set.of("localhost"), open.names());
            assertTrue(lines.events().get(0).getFormattedMessage().contains("expired"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void keyStoresAreOpenedWithThePasswordOfAFile(String type) throws Exception {
        SelfSigned pair = Certified.fresh();
        char[] password = "open sesame".toCharArray();
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, password);
        store.setKeyEntry("any", pair.key(), password, new Certificate[] {pair.certificate()});
        Path file = folder.resolve("keys");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
        Path passwordFile = Files.writeString(folder.resolve("password"), "open sesame\n");
        assertEquals(
                pair.certificate(),
                read(new TlsSettings(null, null, file, passwordFile, "")).leaf());
        refused(new TlsSettings(null, null, file, null, "wrong"), "cannot be opened", "PAWL_TLS_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genrsa -traditional -out KEY 2048",
                "genrsa -out KEY 2048",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out KEY",
                "ecparam -name prime256v1 -genkey -out KEY",
                "genpkey -algorithm ed25519 -out KEY"
            })
    void keysOfOpensslAreRead(String command) throws Exception {
        openssl(command);
        openssl("req -x509 -key KEY -out CERTIFICATE -subj /CN=localhost -addext subjectAltName=DNS:localhost");
        ServerCertificate plain = read(files.settings());
        openssl("pkcs8 -topk8 -v2 aes-256-cbc -passout pass:sesame -in KEY -out ENCRYPTED");
        Path encrypted = folder.resolve("encrypted.key");
        TlsSettings right = new TlsSettings(files.certificate(), encrypted, null, null, "sesame");
        assertEquals(plain.leaf(), read(right).leaf());
        refused(
                new TlsSettings(files.certificate(), encrypted, null, null, ""),
                "is encrypted",
                "PAWL_TLS_PASSWORD_FILE");
        refused(new TlsSettings(files.certificate(), encrypted, null, null, "wrong"), "cannot be decrypted");
    }

    @Test
    void aKeyEncryptedInTheOldFormIsRefusedWithTheCommandThatConvertsIt() throws Exception {
        openssl("genrsa -traditional -aes128 -passout pass:sesame -out KEY 2048");
        refused(files.settings(), "old form", "openssl pkcs8 -topk8");
    }

    private void openssl(String command) throws IOException, InterruptedException {
        String whole = "openssl "
                + command.replace("KEY", files.key().toString())
                        .replace("CERTIFICATE", files.certificate().toString())
                        .replace("ENCRYPTED", folder.resolve("encrypted.key").toString());
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "not installed: openssl");
        Process process = new ProcessBuilder(whole.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> whole);
    }
}

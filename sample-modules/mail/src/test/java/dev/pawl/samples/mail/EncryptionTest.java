package dev.pawl.samples.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption and logins, with certificates that the JDK's keytool has made. */
final class EncryptionTest {

    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    static Path keys;

    private static SSLContext local;
    private static SSLContext foreign;

    @TempDir
    Path folder;

    private final SmtpFake server = new SmtpFake();
    private MailFixture mail;

    @BeforeAll
    static void makeCertificates() throws Exception {
        local = certificate("local", "DNS:localhost,IP:127.0.0.1");
        foreign = certificate("foreign", "DNS:mail.example.org");
    }

    private static SSLContext certificate(String name, String names) throws Exception {
        Path store = keys.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + names,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-validity",
                "2");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "a",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                keys.resolve(name + ".pem").toString());
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(loaded, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), said);
        assertEquals(0, process.exitValue(), said);
    }

    @BeforeEach
    void begin() {
        mail = new MailFixture(server, folder);
        mail.without("tls").setting("user", "pawl").setting("password", PASSWORD);
        server.offers("STARTTLS", "AUTH PLAIN LOGIN").encrypts(local, false);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private List<String> logins() {
        return server.commands().stream()
                .filter(line -> line.startsWith("AUTH"))
                .toList();
    }

    private MailFixture trusting(String name) {
        return mail.setting("certificates", keys.resolve(name + ".pem").toString());
    }

    @Test
    void aPasswordIsSentOverAnEncryptedConnectionAlone() {
        HarnessRun run = trusting("local").sent();

        List<String> commands = server.commands();
        assertTrue(commands.indexOf("STARTTLS") < commands.indexOf(logins().get(0)), commands.toString());
        assertFalse(run.lines().toString().contains(PASSWORD), run.lines().toString());
        assertEquals(1, server.mails().size());
    }

    @Test
    void aServerWithoutStarttlsGetsNoPassword() {
        server.offers("AUTH PLAIN LOGIN");

        String message = trusting("local").failure();

        assertTrue(message.contains("STARTTLS is required"), message);
        assertEquals(List.of(), logins());
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        String message = mail.failure();

        assertTrue(message.contains("could not be trusted"), message);
        assertTrue(message.endsWith("an admin gives that by the setting certificates."), message);
        assertEquals(List.of(), logins());
    }

    @Test
    void aCertificateOfAnotherServerIsRefused() {
        server.encrypts(foreign, false);

        String message = trusting("foreign").failure();

        assertTrue(
                message.contains("could not be trusted: No subject alternative DNS name matching localhost found."),
                message);
        assertEquals(List.of(), logins());
    }

    @Test
    void encryptionFromTheStartIsTls() {
        server.encrypts(local, true);
        trusting("local").setting("tls", "tls").sent();
        assertEquals(1, server.mails().size());

        server.encrypts(foreign, true);
        String message = trusting("foreign").failure();
        assertTrue(
                message.contains("could not be trusted: No subject alternative DNS name matching localhost found."),
                message);
    }

    @Test
    void aPortThatDoesNotBeginWithEncryptionIsSaidToBeOne() {
        String message = trusting("local").setting("tls", "tls").failure();

        assertTrue(message.contains("did not begin the encryption: "), message);
        assertTrue(message.endsWith("tls is for ports that are encrypted from the start."), message);
    }

    @Test
    void withoutAPasswordTheServerMayDoWithoutEncryption() {
        server.offers("8BITMIME");
        mail.without("user").without("password").sent();
        assertFalse(server.commands().contains("STARTTLS"));

        assertTrue(mail.setting("tls", "starttls").failure().contains("STARTTLS is required"));
    }

    @Test
    void aRefusedLoginSaysWhatTheServerSaidAndNotThePassword() {
        server.answers(
                "AUTH", "535 5.7.8 Authentication credentials invalid", "535 5.7.8 Authentication credentials invalid");

        String message = trusting("local").failure();

        assertEquals(
                "The server localhost:" + server.port()
                        + " refused the login of pawl: 535 5.7.8 Authentication credentials invalid",
                message);
        assertEquals(1, logins().size());
    }

    @Test
    void aPasswordWithoutEncryptionIsWarnedOf() {
        HarnessRun run = mail.setting("tls", "none").sent();

        assertTrue(
                run.lines().get(0).contains("without encryption"), run.lines().toString());
    }

    @Test
    void userAndPasswordGoTogether() {
        assertEquals(
                "The settings user and password of mail go together; one of them is missing.",
                mail.without("password").refusal());
    }

    @Test
    void anUnreadableFileOfCertificatesIsNamed() {
        String message = mail.setting("certificates", "/nowhere.pem").failure();

        assertTrue(message.contains("The setting certificates of mail is /nowhere.pem, which cannot be read"), message);
    }
}

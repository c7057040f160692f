package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.file.FileTree;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that were signed with the JDK's own tools, some of them changed since. */
final class SignatureTest {

    @TempDir
    static Path keys;

    private static JarSigning signing;

    @TempDir
    Path folder;

    private Path trusted;
    private TestServer server;

    @BeforeAll
    static void makeKeys() throws Exception {
        signing = new JarSigning(keys);
        signing.key("release");
        signing.key("stranger");
        signing.key("expired", "-startdate", "-3d", "-validity", "2");
        signing.key("authority", "-ext", "bc:c");
        signing.key("employee", "-signer", "authority");
        signing.key("webserver", "-signer", "authority", "-ext", "eku=serverAuth");
        signing.key("apprentice", "-signer", "release");
    }

    @BeforeEach
    void start() throws Exception {
        trusted = Files.createDirectories(folder.resolve("trusted"));
        Files.copy(keys.resolve("release.pem"), trusted.resolve("release.pem"));
        Files.copy(keys.resolve("expired.pem"), trusted.resolve("expired.pem"));
        server = TestServer.with(folder.resolve("data"), Map.of("pawl.trusted.keys", trusted.toString()));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Path signed(String version, String name) throws Exception {
        Path jar = module("alpha")
                .version(version)
                .entry("data", "12345")
                .write(folder.resolve("alpha-" + version + name + ".jar"));
        return signing.sign(jar, name);
    }

    private ProblemException refusal(Path jar) {
        ProblemException refused = assertThrows(ProblemException.class, () -> server.deployer.install(jar, byHand()));
        assertEquals(ProblemCode.UNTRUSTED, refused.code(), refused::getMessage);
        assertEquals(Optional.empty(), server.deployer.deployment("alpha"));
        return refused;
    }

    private interface Tampering {
        void with(Path root) throws IOException;
    }

    private static Path tampered(Path jar, Tampering tampering) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            tampering.with(zip.getPath("/"));
        }
        return jar;
    }

    private void trust(String name, String text) throws IOException {
        Files.writeString(trusted.resolve(name), text);
    }

    @Test
    void aJarOfATrustedSignerIsTakenAndItsSignerIsRecorded() throws Exception {
        Path jar = signing.signByTool(module("alpha").write(folder.resolve("alpha.jar")), "release");

        assertEquals(
                "CN=release",
                server.deployer.install(jar, byHand()).deployment().signer());
        assertEquals(
                "CN=release", server.deployer.deployment("alpha").orElseThrow().signer());
    }

    @Test
    void anUnsignedJarIsRefusedAndTheHistorySaysSo() throws Exception {
        ProblemException refused = refusal(module("alpha").write(folder.resolve("unsigned.jar")));

        assertEquals("The jar is not trusted: it is not signed.", refused.getMessage());
        HistoryEntry line = server.deployer.history("alpha", 1).get(0);
        assertEquals(HistoryEntry.Outcome.REFUSED, line.outcome());
        assertEquals(refused.getMessage(), line.detail());
    }

    @Test
    void aForeignSignerIsNamed() throws Exception {
        assertEquals(
                "The jar is not trusted: its signer CN=stranger is not trusted.",
                refusal(signed("1.0.0", "stranger")).getMessage());
    }

    @Test
    void anExpiredCertificateIsRefusedThoughItIsTrusted() throws Exception {
        String message = refusal(signed("1.0.0", "expired")).getMessage();

        assertTrue(message.startsWith("The jar is not trusted: the certificate of CN=expired expired on "), message);
    }

    @Test
    void aChangedEntryIsFound() throws Exception {
        Path jar = tampered(signed("1.0.0", "release"), root -> Files.writeString(root.resolve("data"), "54321"));

        String message = refusal(jar).getMessage();
        assertTrue(message.contains("it was changed after it was signed") && message.contains("data"), message);
    }

    @Test
    void aChangedManifestIsFound() throws Exception {
        Path jar = tampered(
                signed("1.0.0", "release"),
                root -> Files.writeString(
                        root.resolve("META-INF/MANIFEST.MF"),
                        Files.readString(root.resolve("META-INF/MANIFEST.MF"))
                                .replace("Bundle-Version: 1.0.0", "Bundle-Version: 9.0.0"),
                        StandardOpenOption.TRUNCATE_EXISTING));

        assertTrue(refusal(jar).getMessage().contains("it was changed after it was signed"));
    }

    @Test
    void anEntryThatWasAddedIsFound() throws Exception {
        Path jar = tampered(signed("1.0.0", "release"), root -> Files.writeString(root.resolve("evil"), "x"));

        assertEquals(
                "The jar is not trusted: its entry evil is not signed.",
                refusal(jar).getMessage());
    }

    @Test
    void anEntryThatWasTakenOutIsFound() throws Exception {
        Path jar = tampered(signed("1.0.0", "release"), root -> Files.delete(root.resolve("data")));

        assertEquals(
                "The jar is not trusted: its signed entry data was removed.",
                refusal(jar).getMessage());
    }

    @Test
    void oneTrustedSignerOfSeveralIsEnough() throws Exception {
        Path jar = signing.sign(signed("1.0.0", "stranger"), "release");

        assertEquals(
                "CN=release",
                server.deployer.install(jar, byHand()).deployment().signer());
    }

    @Test
    void aTrustedAuthorityVouchesForItsSigners() throws Exception {
        Path jar = signed("1.0.0", "employee");
        refusal(jar);
        trust("authority.crt", Files.readString(keys.resolve("authority.pem")));

        assertEquals(
                "CN=employee",
                server.deployer.install(jar, byHand()).deployment().signer());
    }

    @Test
    void aSignerVouchesForNobody() throws Exception {
        assertEquals(
                "The jar is not trusted: CN=release did not issue the certificate of CN=apprentice.",
                refusal(signed("1.0.0", "apprentice")).getMessage());
    }

    @Test
    void anAuthoritysServersDoNotSignModules() throws Exception {
        trust("authority.crt", Files.readString(keys.resolve("authority.pem")));

        assertEquals(
                "The jar is not trusted: the certificate of CN=webserver is not for signing code.",
                refusal(signed("1.0.0", "webserver")).getMessage());
    }

    @Test
    void aBarePublicKeyIsEnough() throws Exception {
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(Files.newInputStream(keys.resolve("stranger.pem")));
        trust(
                "key.pem",
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(certificate.getPublicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        assertEquals(
                "CN=stranger",
                server.deployer
                        .install(signed("1.0.0", "stranger"), byHand())
                        .deployment()
                        .signer());
    }

    @Test
    void whileNoKeyCanBeReadNothingIsTaken() throws Exception {
        Path jar = signed("1.0.0", "release");
        trust("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertTrue(refusal(jar).getMessage().contains("cannot be read"));

        FileTree.delete(trusted);
        assertTrue(refusal(jar).getMessage().contains("cannot be read"));

        Files.createDirectories(trusted);
        assertTrue(refusal(jar).getMessage().contains("There is neither a certificate nor a public key in"));
    }

    @Test
    void aSignerWhoIsNotTrustedAnyMoreIsNotGoneBackTo() throws Exception {
        trust("stranger.pem", Files.readString(keys.resolve("stranger.pem")));
        server.deployer.install(signed("1.0.0", "stranger"), byHand());
        server.deployer.install(signed("2.0.0", "release"), byHand());
        Files.delete(trusted.resolve("stranger.pem"));

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.rollback("alpha", null, ChangeOptions.by("test")));

        assertEquals(ProblemCode.UNTRUSTED, refused.code());
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void theModulesFolderTakesSignedJarsAloneAndTheDistributionNeedsNone() throws Exception {
        module("alpha").write(server.modules().resolve("alpha.jar"));
        assertTrue(server.deployer.reload().failed().get(0).error().contains("it is not signed"));

        signing.sign(module("alpha").write(folder.resolve("signed.jar")), "release");
        Files.move(folder.resolve("signed.jar"), server.modules().resolve("signed.jar"));
        server.deployer.reload();
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));

        server.close();
        module("beta").write(server.distribution().resolve("beta.jar"));
        server = TestServer.with(folder.resolve("data"), Map.of("pawl.trusted.keys", trusted.toString()));
        assertEquals(Optional.of("1.0.0"), server.serving("beta"));
        assertEquals(
                Change.UNCHANGED,
                server.deployer.enable("beta", ChangeOptions.by("test")).change());
    }

    @Test
    void ofAJarThatNobodySignedNoMoreIsRead() throws Exception {
        byte[] damaged = module("alpha").entry("data", "0123456789".repeat(500)).bytes();
        damaged[damaged.length / 3] ^= 0x10;

        ProblemException refused = server.refusal(Files.write(folder.resolve("damaged.jar"), damaged));

        assertEquals(ProblemCode.UNTRUSTED, refused.code(), refused::getMessage);
    }
}

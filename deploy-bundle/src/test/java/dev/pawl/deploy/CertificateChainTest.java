package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.deploy.artifact.JarSignatures;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signers certified by a trusted authority through intermediates, in chains made with the JDK's keytool. */
final class CertificateChainTest {

    /** An extension that no verifier knows; its value is DER's null. */
    private static final String UNKNOWN = "1.3.6.1.4.1.99999.1";

    @TempDir
    static Path keys;

    private static JarSigning signing;

    @TempDir
    Path folder;

    private Path trusted;

    @BeforeAll
    static void makeChains() throws Exception {
        signing = new JarSigning(keys);
        signing.key("root", "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
        signing.key("team", "-signer", "root", "-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign");
        signing.key("member", "-signer", "team", "-ext", "eku:c=codeSigning", "-ext", "ku:c=digitalSignature");
        signing.key("subteam", "-signer", "team", "-ext", "bc:c");
        signing.key("guest", "-signer", "subteam");
        signing.key("mailer", "-signer", "root", "-ext", "bc:c", "-ext", "ku:c=digitalSignature,cRLSign");
        signing.key("reader", "-signer", "mailer");
        signing.key("riddle", "-signer", "root", "-ext", "bc:c", "-ext", UNKNOWN + ":critical=05:00");
        signing.key("solver", "-signer", "riddle");
        signing.key("flat", "-ext", "bc:c=ca:true,pathlen:0");
        signing.key("floor", "-signer", "flat", "-ext", "bc:c");
        signing.key("cellar", "-signer", "floor");
        signing.key("mute", "-ext", "bc:c", "-ext", "ku:c=digitalSignature");
        signing.key("echo", "-signer", "mute");
        signing.key("brief", "-signer", "root", "-ext", "bc:c", "-validity", "2");
        signing.key("later", "-signer", "brief", "-validity", "30");
    }

    @BeforeEach
    void trustTheRoot() throws Exception {
        trusted = Files.createDirectories(folder.resolve("trusted"));
        trust("root");
    }

    private void trust(String name) throws IOException {
        Files.copy(keys.resolve(name + ".pem"), trusted.resolve(name + ".pem"));
    }

    private String signer(String name, Instant at) throws Exception {
        Path jar = signing.sign(module("alpha").write(folder.resolve("alpha.jar")), name);
        return String.valueOf(new JarSignatures(trusted).check(jar, at));
    }

    private String refusal(String name, Instant at) {
        ProblemException refused = assertThrows(ProblemException.class, () -> signer(name, at));
        assertEquals(ProblemCode.UNTRUSTED, refused.code(), refused::getMessage);
        return String.valueOf(refused.getMessage());
    }

    private String refusal(String name) {
        return refusal(name, Instant.now());
    }

    @Test
    void anAuthorityVouchesByWayOfAnother() throws Exception {
        assertEquals("CN=member", signer("member", Instant.now()));
    }

    @Test
    void anAuthorityMakesNoMoreAuthoritiesThanItsPathLengthAllows() {
        assertEquals(
                "The jar is not trusted: the certificate of CN=subteam is further from its authority than the authority's path length allows.",
                refusal("guest"));
    }

    @Test
    void anAuthorityThatMaySignNoCertificatesVouchesForNobody() {
        assertEquals(
                "The jar is not trusted: the certificate of CN=mailer is not for signing certificates.",
                refusal("reader"));
    }

    @Test
    void aCriticalExtensionThatNobodyUnderstandsIsRefused() {
        assertEquals(
                "The jar is not trusted: the certificate of CN=riddle has a critical extension that is not understood, one of "
                        + UNKNOWN + ", 2.5.29.19.",
                refusal("solver"));
    }

    @Test
    void thePathLengthOfTheTrustedAuthorityItselfHolds() throws Exception {
        trust("flat");

        assertEquals("CN=floor", signer("floor", Instant.now()));
        assertEquals(
                "The jar is not trusted: the certificate of CN=floor is further from its authority than the authority's path length allows.",
                refusal("cellar"));
    }

    @Test
    void theKeyUsageOfTheTrustedAuthorityItselfHolds() throws Exception {
        trust("mute");

        assertEquals(
                "The jar is not trusted: the certificate of CN=mute is not for signing certificates.", refusal("echo"));
    }

    @Test
    void aChainIsJudgedByTheMomentThatIsGiven() throws Exception {
        assertEquals("CN=later", signer("later", Instant.now()));

        String message = refusal("later", Instant.now().plus(Duration.ofDays(3)));
        assertEquals("CN=brief", message.replaceAll(".*the certificate of (CN=brief) expired on .*", "$1"));
    }

    @Test
    void theBarePublicKeyOfAnAuthorityInTheMiddleIsEnough() throws Exception {
        Files.delete(trusted.resolve("root.pem"));
        trustKeyAlone("team");

        assertEquals("CN=member", signer("member", Instant.now()));
        assertEquals(
                "The jar is not trusted: the certificate of CN=subteam is further from its authority than the authority's path length allows.",
                refusal("guest"));
    }

    @Test
    void aSignerThatIsTrustedItselfNeedsNoChain() throws Exception {
        trust("reader");

        assertEquals("CN=reader", signer("reader", Instant.now()));
    }

    private void trustKeyAlone(String name) throws IOException, CertificateException {
        byte[] key;
        try (var certificate = Files.newInputStream(keys.resolve(name + ".pem"))) {
            key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(certificate)
                    .getPublicKey()
                    .getEncoded();
        }
        Files.writeString(
                trusted.resolve(name + ".pem"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n");
    }
}

package dev.pawl.cli.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.cli.FakeServer;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.client.PemCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedCommandTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer server = new FakeServer();

    private Pawl pawl;

    @BeforeEach
    void create() {
        pawl = Pawl.of(server, folder);
    }

    private Path key() {
        return folder.resolve("tls/tls.key");
    }

    private X509Certificate certificate() throws Exception {
        return PemCertificates.read(folder.resolve("tls/tls.crt")).get(0);
    }

    @Test
    void itWritesAKeyForItsOwnerAndSaysWhatToSet() throws Exception {
        Pawl.Outcome outcome = pawl.run("tls", "self-signed");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key())));
        certificate().verify(certificate().getPublicKey());
        certificate().checkValidity();
        String said = outcome.out();
        assertTrue(said.contains("PAWL_TLS_CERTIFICATE=") && said.contains("PAWL_TLS_KEY=" + key()), said);
        assertTrue(said.contains("--cacert") && said.contains("SHA-256"), said);
    }

    @Test
    void itIsForTheHostsThatWereNamed() throws Exception {
        assertEquals(
                0,
                pawl.run("tls", "self-signed", "--host", "Pawl.example.org", "--host", "10.0.0.7", "--host", "fe80::1")
                        .code());
        Set<String> names = certificate().getSubjectAlternativeNames().stream()
                .map(name -> name.get(0) + " " + name.get(1))
                .collect(Collectors.toSet());
        assertEquals(Set.of("2 pawl.example.org", "7 10.0.0.7", "7 fe80:0:0:0:0:0:0:1"), names);
        assertEquals(
                "CN=pawl.example.org", certificate().getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate().getExtendedKeyUsage());
        assertEquals(-1, certificate().getBasicConstraints());
    }

    @Test
    void itReplacesNothingUnasked() throws Exception {
        assertEquals(0, pawl.run("tls", "self-signed").code());
        String before = Files.readString(key());
        Pawl.Outcome outcome = pawl.run("tls", "self-signed");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--force"), outcome.err());
        assertEquals(before, Files.readString(key()));
        assertEquals(0, pawl.run("tls", "self-signed", "--force").code());
        assertTrue(!before.equals(Files.readString(key())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "http://x", "x:80", "300.1.1.1", "-x", "ä", "a,b"})
    void aHostThatIsNoneIsRefused(String host) {
        Pawl.Outcome outcome = pawl.run("tls", "self-signed", "--host", host);
        assertEquals(2, outcome.code(), outcome.out());
        assertTrue(outcome.err().contains("--host is"), outcome.err());
    }

    @Test
    void programsGetJson() {
        Pawl.Outcome outcome = pawl.run("tls", "self-signed", "--host", "localhost", "-o", "json");
        assertTrue(
                outcome.out().contains("\"hosts\":[\"localhost\"]")
                        && outcome.out().contains("\"fingerprint\":\""),
                outcome.out());
    }

    @Test
    void opensslVerifiesIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "not installed: openssl");
        assertEquals(
                0, pawl.run("tls", "self-signed", "--host", "pawl.example.org").code());
        String file = folder.resolve("tls/tls.crt").toString();
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-CAfile",
                        file,
                        "-verify_hostname",
                        "pawl.example.org",
                        file)
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, openssl.waitFor(), said);
    }
}

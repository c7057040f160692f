package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which servers with TLS a command trusts, and what it says of the others. */
class TrustTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer plain = new FakeServer();

    private Path authorities;

    @BeforeEach
    void choose() {
        authorities = folder.resolve("authorities.pem");
    }

    private static SelfSigned certificate(String host) {
        return SelfSigned.of(List.of(host), Instant.now().minus(DAY), DAY.multipliedBy(30));
    }

    private Pawl.Outcome status(EncryptedFakeServer server, String... more) {
        return new Pawl(folder)
                .with("PAWL_URL", server.url().toString())
                .run(more.length == 0 ? new String[] {"status"} : new String[] {"status", more[0], more[1]});
    }

    private static void refused(Pawl.Outcome outcome, String why) {
        assertEquals(3, outcome.code(), outcome.err());
        String said = outcome.err();
        assertTrue(said.contains("certificate") && said.contains(why) && said.contains("--cacert"), said);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsNamedAsTheReason() throws Exception {
        try (EncryptedFakeServer server = new EncryptedFakeServer(certificate("127.0.0.1"))) {
            refused(status(server), "no authority that is trusted here");
            Files.writeString(authorities, certificate("127.0.0.1").certificateText());
            refused(status(server, "--cacert", authorities.toString()), "no authority that is trusted here");
        }
    }

    @Test
    void aNamedCertificateIsTrusted() throws Exception {
        SelfSigned certificate = certificate("127.0.0.1");
        Files.writeString(authorities, certificate.certificateText());
        try (EncryptedFakeServer server = new EncryptedFakeServer(certificate)) {
            assertEquals(0, status(server, "--cacert", authorities.toString()).code());
            Pawl pawl = new Pawl(folder).with("PAWL_CACERT", authorities.toString());
            Pawl.Outcome outcome =
                    pawl.with("PAWL_URL", server.url().toString()).run("status");
            assertEquals(0, outcome.code(), outcome.err());
        }
    }

    @Test
    void aNamedCertificateForOtherHostsIsRefused() throws Exception {
        SelfSigned certificate = certificate("pawl.example.org");
        Files.writeString(authorities, certificate.certificateText());
        try (EncryptedFakeServer server = new EncryptedFakeServer(certificate)) {
            refused(status(server, "--cacert", authorities.toString()), "it is for other host names");
        }
    }

    @Test
    void aNamedCertificateThatHasExpiredIsAWrongUse() throws Exception {
        SelfSigned certificate =
                SelfSigned.of(List.of("127.0.0.1"), Instant.now().minus(DAY.multipliedBy(9)), DAY);
        Files.writeString(authorities, certificate.certificateText());
        try (EncryptedFakeServer server = new EncryptedFakeServer(certificate)) {
            Pawl.Outcome outcome = status(server, "--cacert", authorities.toString());
            assertEquals(2, outcome.code(), outcome.err());
            assertTrue(outcome.err().contains("expired"), outcome.err());
        }
    }

    @Test
    void theServersOwnCertificateInItsDataFolderIsTrustedWhateverItsNames() throws Exception {
        SelfSigned certificate = certificate("pawl.example.org");
        try (EncryptedFakeServer server = new EncryptedFakeServer(certificate)) {
            Files.writeString(folder.resolve("server.url"), server.url() + "\n");
            Files.writeString(folder.resolve("server.crt"), certificate("x").certificateText());
            refused(new Pawl(folder).run("status"), "no authority");
            Files.writeString(
                    folder.resolve("server.crt"), certificate("x").certificateText() + certificate.certificateText());
            Pawl.Outcome outcome = new Pawl(folder).run("status");
            assertEquals(0, outcome.code(), outcome.err());
        }
    }

    @Test
    void aServerWithoutTlsIsSaidToBeOne() throws Exception {
        try (ServerSocket plainHttp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> refusal = CompletableFuture.runAsync(() -> refuse(plainHttp));
            Pawl.Outcome outcome = new Pawl(folder)
                    .with("PAWL_URL", "https://127.0.0.1:" + plainHttp.getLocalPort())
                    .run("status");
            refusal.get();
            assertEquals(3, outcome.code());
            assertTrue(outcome.err().contains("does not speak TLS"), outcome.err());
        }
    }

    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatIsNoCertificateIsAWrongUse() throws Exception {
        for (String text :
                List.of("", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Files.writeString(authorities, text);
            Pawl.Outcome outcome = Pawl.of(plain, folder).run("status", "--cacert", authorities.toString());
            assertEquals(2, outcome.code(), outcome.err());
            assertTrue(outcome.err().contains("--cacert is \"" + authorities), outcome.err());
        }
    }
}

package dev.pawl.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.tls.SelfSigned;
import dev.pawl.http.LoggedLines;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.TlsClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateSwapTest {

    private static final int SWAPS = 8;

    @TempDir
    private Path folder;

    private Certified files;
    private EncryptedServer server;

    @BeforeEach
    void start() throws IOException {
        files = new Certified(folder);
        server = new EncryptedServer(files.open());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void noRequestFailsWhileTheCertificateIsReplacedAgainAndAgain() throws Exception {
        var stop = new AtomicBoolean();
        var answered = new AtomicInteger();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (Version version : Version.values()) {
            HttpClient kept = TlsClient.http(version);
            clients.add(CompletableFuture.runAsync(() -> ask(kept, stop, answered)));
        }
        clients.add(CompletableFuture.runAsync(() -> connectAnew(stop, answered)));
        try {
            for (int i = 0; i < SWAPS; i++) {
                SelfSigned next = Certified.fresh();
                files.write(next);
                Eventually.eventually("new connections get it", () -> TlsClient.shown(server.port())
                        .equals(next.certificate()));
            }
        } finally {
            stop.set(true);
        }
        for (CompletableFuture<Void> client : clients) {
            client.get();
        }
        assertTrue(answered.get() > 10 * SWAPS, () -> answered + " requests were answered");
    }

    private void ask(HttpClient client, AtomicBoolean stop, AtomicInteger answered) {
        try {
            while (!stop.get()) {
                HttpResponse<String> answer = TlsClient.get(client, server.url());
                assertEquals(200, answer.statusCode());
                answered.incrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("after " + answered + " answers", e);
        }
    }

    private void connectAnew(AtomicBoolean stop, AtomicInteger answered) {
        try {
            while (!stop.get()) {
                TlsClient.shown(server.port());
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            throw new AssertionError("after " + answered + " answers", e);
        }
    }

    @Test
    void aHalfWrittenPairChangesNothingAndIsSaidOnce() throws Exception {
        SelfSigned first = Certified.fresh();
        files.write(first);
        Eventually.eventually(
                "it is in use", () -> TlsClient.shown(server.port()).equals(first.certificate()));
        SelfSigned next = Certified.fresh();
        try (LoggedLines lines = LoggedLines.open()) {
            Certified.replace(files.certificate(), next.certificateText());
            Eventually.eventually("it is said", () -> !lines.events().isEmpty());
            assertEquals(first.certificate(), TlsClient.shown(server.port()));
            Files.writeString(folder.resolve("other"), "a change in the folder");
            Certified.replace(files.key(), next.keyText());
            Eventually.eventually(
                    "it is whole", () -> TlsClient.shown(server.port()).equals(next.certificate()));
            assertEquals(1, lines.events().size(), () -> lines.events().toString());
            String said = lines.events().get(0).getFormattedMessage();
            assertTrue(said.contains("does not belong to the key") && said.contains("tls.crt"), said);
        }
    }

    @Test
    void deletedFilesChangeNothing() throws Exception {
        SelfSigned first = Certified.fresh();
        files.write(first);
        Eventually.eventually(
                "it is in use", () -> TlsClient.shown(server.port()).equals(first.certificate()));
        try (LoggedLines lines = LoggedLines.open()) {
            Files.delete(files.key());
            Eventually.eventually("it is said", () -> !lines.events().isEmpty());
            assertEquals(first.certificate(), TlsClient.shown(server.port()));
        }
    }

    @Test
    void aLinkThatIsChangedToAnotherFolderCounts() throws Exception {
        Path linked = Files.createDirectory(folder.resolve("linked"));
        SelfSigned[] two = {Certified.fresh(), Certified.fresh()};
        for (int i = 0; i < 2; i++) {
            Path version = Files.createDirectory(linked.resolve("v" + i));
            Files.writeString(version.resolve("tls.crt"), two[i].certificateText());
            Files.writeString(version.resolve("tls.key"), two[i].keyText());
        }
        link(linked, "v0");
        for (String name : List.of("tls.crt", "tls.key")) {
            Files.createSymbolicLink(linked.resolve(name), Path.of("..data", name));
        }
        var settings = new TlsSettings(linked.resolve("tls.crt"), linked.resolve("tls.key"), null, null, "");
        try (EncryptedServer other = new EncryptedServer(Tls.open(settings, folder, InstantSource.system()))) {
            assertEquals(two[0].certificate(), TlsClient.shown(other.port()));
            link(linked, "v1");
            Eventually.eventually(
                    "the other is in use", () -> TlsClient.shown(other.port()).equals(two[1].certificate()));
        }
    }

    /** As a Kubernetes secret is replaced. */
    private static void link(Path folder, String version) throws IOException {
        Path draft = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
        Files.move(draft, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void anOpenConnectionKeepsItsCertificateAndCommandsTrustBoth() throws Exception {
        SelfSigned first = Certified.fresh();
        files.write(first);
        Eventually.eventually(
                "it is in use", () -> TlsClient.shown(server.port()).equals(first.certificate()));
        SelfSigned next = Certified.fresh();
        try (SSLSocket open = TlsClient.connect(server.port())) {
            files.write(next);
            Eventually.eventually(
                    "the next is in use", () -> TlsClient.shown(server.port()).equals(next.certificate()));
            open.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(new String(open.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .startsWith("HTTP/1.1 200"));
        }
        assertEquals(next.certificateText() + first.certificateText(), Files.readString(folder.resolve("server.crt")));
    }
}

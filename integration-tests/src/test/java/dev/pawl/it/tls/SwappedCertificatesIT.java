package dev.pawl.it.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.base.tls.SelfSigned;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.TlsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the certificate of the real server are replaced again and again, by good and by bad ones, while clients call it and while it is killed. */
class SwappedCertificatesIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String STAYS = "The certificate in use stays";
    private static final int NIGHTLY_LIVES = 12;
    private static final Duration PAUSE = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    /** The ways in which the files can be wrong. */
    private enum Defect {
        HALF_WRITTEN,
        KEY_OF_ANOTHER,
        NO_KEY,
        NOT_PEM
    }

    @Test
    void badFilesChangeNothingAreToldOnceAndTheNextGoodOnesAreTaken() throws Exception {
        live(false);
    }

    @Test
    @Tag("nightly")
    void aServerThatIsKilledDuringSwapsShowsTheGoodCertificateAgain() throws Exception {
        for (int life = 0; life < NIGHTLY_LIVES; life++) {
            live(true);
        }
    }

    private void live(boolean killed) throws Exception {
        SelfSigned current = fresh();
        write(current);
        try (Server server = Server.start(
                folder.resolve("data"),
                JAVA,
                Map.of(
                        "PAWL_TLS_CERTIFICATE", certificate().toString(),
                        "PAWL_TLS_KEY", key().toString()))) {
            assertEquals(current.certificate(), shown(server));
            var end = new AtomicBoolean();
            var answered = new AtomicInteger();
            List<CompletableFuture<Void>> clients = clients(server, end, answered);
            try {
                for (Defect defect : Defect.values()) {
                    long told = told();
                    spoil(defect);
                    Eventually.eventually(defect + " is told", () -> told() == told + 1);
                    assertEquals(current.certificate(), shown(server), "after " + defect);
                    SelfSigned next = fresh();
                    write(next);
                    Eventually.eventually("good ones are taken after " + defect, () -> shown(server)
                            .equals(next.certificate()));
                    assertEquals(told + 1, told(), () -> defect + " is told once");
                    current = next;
                }
                int before = answered.get();
                Eventually.eventually("all clients go on", () -> answered.get() > before + 20);
            } finally {
                end.set(true);
            }
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
            if (killed) {
                SelfSigned before = current;
                var dead = new AtomicBoolean();
                CompletableFuture<Void> swaps = CompletableFuture.runAsync(() -> swapUntil(dead));
                Eventually.eventually("swaps go on", () -> !shown(server).equals(before.certificate()));
                server.kill();
                dead.set(true);
                swaps.get();
            }
        }
    }

    private void swapUntil(AtomicBoolean end) {
        try {
            while (!end.get()) {
                spoil(Defect.HALF_WRITTEN);
                write(fresh());
                LockSupport.parkNanos(PAUSE.toNanos()); // a renewal in a moment, not in a nanosecond
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<CompletableFuture<Void>> clients(Server server, AtomicBoolean end, AtomicInteger answered)
            throws IOException {
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/status"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .build();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (Version version : Version.values()) {
            HttpClient kept = TlsClient.http(version);
            clients.add(CompletableFuture.runAsync(() -> ask(kept, request, end, answered)));
        }
        clients.add(CompletableFuture.runAsync(() -> connectAnew(server, end, answered)));
        return clients;
    }

    private static void ask(HttpClient client, HttpRequest request, AtomicBoolean end, AtomicInteger answered) {
        try {
            while (!end.get()) {
                assertEquals(
                        200, client.send(request, BodyHandlers.discarding()).statusCode());
                answered.incrementAndGet();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("after " + answered + " answers", e);
        }
    }

    private static void connectAnew(Server server, AtomicBoolean end, AtomicInteger answered) {
        try {
            while (!end.get()) {
                shown(server);
                answered.incrementAndGet();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            throw new AssertionError("after " + answered + " answers", e);
        }
    }

    /** Writes files as they must not be. */
    private void spoil(Defect defect) throws IOException {
        SelfSigned other = fresh();
        switch (defect) {
            case HALF_WRITTEN -> {
                String text = other.certificateText();
                Files.writeString(certificate(), text.substring(0, text.length() / 2));
                Files.writeString(key(), other.keyText());
            }
            case KEY_OF_ANOTHER -> replace(key(), other.keyText());
            case NO_KEY -> Files.delete(key());
            case NOT_PEM -> replace(certificate(), "<html>404</html>");
        }
    }

    private void write(SelfSigned next) throws IOException {
        Files.createDirectories(certificate().getParent());
        replace(certificate(), next.certificateText());
        replace(key(), next.keyText());
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static SelfSigned fresh() {
        return SelfSigned.of(List.of("localhost", "127.0.0.1"), Instant.now().minusSeconds(60), Duration.ofDays(90));
    }

    private Path certificate() {
        return folder.resolve("tls/tls.crt");
    }

    private Path key() {
        return folder.resolve("tls/tls.key");
    }

    private static X509Certificate shown(Server server) throws IOException {
        return TlsClient.shown(server.url().getPort());
    }

    /** The lines that say that bad files were left alone. */
    private long told() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("data/logs/pawl.log"))) {
            return lines.filter(line -> line.contains(STAYS)).count();
        }
    }
}

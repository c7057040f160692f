package dev.pawl.it.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution with a certificate: HTTP/2, and commands that find and trust it by its data folder. */
class EncryptedServerIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    private static Path folder;

    private static CertificateOfCommand certificate;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        certificate = CertificateOfCommand.in(folder.resolve("tls"));
        server = Server.start(folder.resolve("data"), JAVA, certificate.settings());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void itsAddressBeginsWithHttps() throws Exception {
        assertEquals("https", server.url().getScheme());
        assertEquals(
                server.url().toString(),
                Files.readString(folder.resolve("data/server.url")).strip());
    }

    @Test
    void requestsAndUnfinishedBodiesShareAnHttp2Connection() throws Exception {
        HttpClient client = certificate.client();
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> refused = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/modules"))
                            .header("Content-Type", "application/java-archive")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1 << 20]))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(401, refused.statusCode());
            HttpResponse<String> status = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/status"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, status.statusCode());
            assertEquals(HttpClient.Version.HTTP_2, status.version());
        }
    }

    @Test
    void commandsFindItTrustItAndFollowALogOverIt() throws Exception {
        String said = pawl("run", "hello", "-i", "name=Tess", "--follow");
        assertTrue(said.contains("Tess"), said);
        URI named = URI.create(server.url().toString().replace("127.0.0.1", "localhost"));
        assertTrue(pawl("status", "--server", named.toString()).contains("running"));
    }

    private static String pawl(String... arguments) throws Exception {
        ProcessBuilder command = Server.command(folder.resolve("data"), JAVA, List.of(arguments));
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}

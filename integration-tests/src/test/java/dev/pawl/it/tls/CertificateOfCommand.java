package dev.pawl.it.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The key and the certificate that {@code pawl tls self-signed} makes for localhost, and clients that trust it. */
final class CertificateOfCommand {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private final Path folder;

    private CertificateOfCommand(Path folder) {
        this.folder = folder;
    }

    static CertificateOfCommand in(Path folder) throws IOException, InterruptedException {
        ProcessBuilder command = Server.command(
                folder.resolve("unused"),
                JAVA,
                List.of(
                        "tls",
                        "self-signed",
                        "--host",
                        "localhost",
                        "--host",
                        "127.0.0.1",
                        "--out",
                        folder.toString()));
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return new CertificateOfCommand(folder);
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    Path key() {
        return folder.resolve("tls.key");
    }

    Map<String, String> settings() {
        return Map.of("PAWL_TLS_CERTIFICATE", certificate().toString(), "PAWL_TLS_KEY", key().toString());
    }

    HttpClient client() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate())) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(context)
                .build();
    }
}

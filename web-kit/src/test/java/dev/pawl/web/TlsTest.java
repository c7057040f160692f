package dev.pawl.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pawl.testkit.LoopbackProxy;
import dev.pawl.web.WebClient.Way;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a server with TLS, whose certificate its own authority has signed for {@code localhost} and {@code api.example}. */
final class TlsTest {

    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(20), 1_000, 0);
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path dir;

    private static HttpsServer server;
    private static String certificate;

    @BeforeAll
    static void start() throws Exception {
        Path store = dir.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=dns:localhost,dns:api.example",
                "-ext",
                "bc=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Path pem = dir.resolve("cert.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "a",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                pem.toString());
        certificate = Files.readString(pem);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'o', 'k'});
            }
        });
        server.start();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static WebAnswer call(String host, String trusted, String proxy) throws IOException {
        HostRules rules = new HostRules(HostPatterns.of(List.of("*")), HostPatterns.of(List.of("127.0.0.0/8", "::1")));
        try (WebClient client =
                new WebClient(rules, new ProxyUrls(proxy, null), new TrustedCertificates(trusted), "watch")) {
            URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
            Way way = proxy.isEmpty() ? Way.DIRECT : new Way(true, null, null);
            return client.call(new WebRequest("GET", url, Map.of(), null), way, LIMITS, () -> false);
        }
    }

    @Test
    void aServerIsCalledWhoseAuthorityIsTrusted() throws Exception {
        assertEquals("ok", call("localhost", certificate, "").text());
    }

    @Test
    void aServerIsRefusedWhoseAuthorityIsNotTrustedOrWhoseNameIsAnother() {
        RefusedCallException unknown = assertThrows(RefusedCallException.class, () -> call("localhost", "", ""));
        assertTrue(
                unknown.getMessage().startsWith("No trusted connection to localhost could be made"),
                unknown.getMessage());
        RefusedCallException another =
                assertThrows(RefusedCallException.class, () -> call("127.0.0.1", certificate, ""));
        assertTrue(
                another.getMessage().startsWith("No trusted connection to 127.0.0.1 could be made"),
                another.getMessage());
    }

    @Test
    void aTunnelThroughTheProxyEndsAtTheServersCertificate() throws Exception {
        try (LoopbackProxy proxy = LoopbackProxy.withPassword("pa:ss/word")) {
            String url = "http://ann:pa%3Ass%2Fword@127.0.0.1:" + proxy.port();
            assertEquals("ok", call("api.example", certificate, url).text());
            assertEquals(
                    List.of("CONNECT api.example:" + server.getAddress().getPort() + " HTTP/1.1"),
                    proxy.requestLines());
            assertEquals(List.of("ann"), proxy.users());
            assertThrows(RefusedCallException.class, () -> call("other.example", certificate, url));
        }
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TrustedCertificates("nothing of the kind"));
    }
}

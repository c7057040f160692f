package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server of git repositories and files over HTTPS, on this machine alone and with a certificate that only this test trusts. Repositories
 * are served by git itself, as its {@code http-backend} does it behind any web server (RFC 3875).
 */
final class SourceServer implements AutoCloseable {

    private static final String PASSWORD = "of-a-test";

    private final Path root;
    private final Path keys;
    private final Path certificate;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private SourceServer(Path root, Path keys, Path certificate, HttpsServer server) {
        this.root = root;
        this.keys = keys;
        this.certificate = certificate;
        this.server = server;
    }

    /** Serves the repositories and files below a folder. */
    static SourceServer of(Path root, Path keysIn) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = keysIn.resolve("keys.p12");
        Path certificate = keysIn.resolve("certificate.pem");
        call("keytool -genkeypair -keyalg EC -alias s -dname CN=localhost -validity 2 -ext san=dns:localhost -keystore "
                + keys + " -storetype PKCS12 -storepass " + PASSWORD);
        call("keytool -exportcert -rfc -alias s -keystore " + keys + " -storepass " + PASSWORD + " -file "
                + certificate);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        SourceServer made = new SourceServer(root, keys, certificate, server);
        server.createContext("/git/", made::git);
        server.createContext("/files/", made::file);
        server.createContext("/away/", exchange -> {
            exchange.getResponseHeaders().add("Location", "https://elsewhere.example/module.zip");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.setExecutor(made.threads);
        server.start();
        return made;
    }

    private static void call(String line) throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>(List.of(line.split(" ", -1)));
        words.set(
                0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    String address(String path) {
        return "https://" + host() + path;
    }

    /** The settings of a server that may fetch from here and trusts the certificate: git by its own variable, Java by its own property. */
    Map<String, String> settings() {
        return Map.of(
                "PAWL_MODULE_HOSTS",
                host(),
                "GIT_SSL_CAINFO",
                certificate.toString(),
                "PAWL_JAVA_OPTS",
                "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = Files.readAllBytes(
                    root.resolve(exchange.getRequestURI().getPath().substring("/files/".length())));
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void git(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
            Map<String, String> environment = builder.environment();
            environment.put("GIT_PROJECT_ROOT", root.toString());
            environment.put("GIT_HTTP_EXPORT_ALL", "1");
            environment.put("PATH_INFO", exchange.getRequestURI().getPath().substring("/git".length()));
            environment.put("REQUEST_METHOD", exchange.getRequestMethod());
            String query = exchange.getRequestURI().getRawQuery();
            environment.put("QUERY_STRING", query == null ? "" : query);
            header(exchange, "Content-Type", environment, "CONTENT_TYPE");
            header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
            header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
            byte[] body = exchange.getRequestBody().readAllBytes();
            environment.put("CONTENT_LENGTH", String.valueOf(body.length));
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(body);
            }
            answer(exchange, process.getInputStream().readAllBytes());
        }
    }

    private static void header(HttpExchange exchange, String name, Map<String, String> environment, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static void answer(HttpExchange exchange, byte[] said) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(said);
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        byte[] body = in.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String line(InputStream in) {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

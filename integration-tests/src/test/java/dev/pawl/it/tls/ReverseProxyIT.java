package dev.pawl.it.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nginx of docs/reverse-proxy.md in front of the distribution. */
@NeedsProgram("nginx")
class ReverseProxyIT {

    private static final Path PAGE = Path.of("..", "docs", "reverse-proxy.md");
    private static final Pattern CONFIGURATION = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);

    /** Beyond what nginx takes by default. */
    private static final int UPLOAD = 3 << 20;

    @TempDir
    private static Path folder;

    private static Server server;
    private static Process nginx;
    private static HttpClient client;
    private static URI url;

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        url = URI.create("https://localhost:" + port);
        CertificateOfCommand certificate = CertificateOfCommand.in(folder.resolve("tls"));
        client = certificate.client();
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_TRUSTED_PROXIES", "127.0.0.1", "PAWL_CORS_ORIGINS", url.toString()));
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(certificate, port));
        nginx = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString(), "-e", "error.log")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        Eventually.eventually("nginx answers", () -> get("/status/health").statusCode() == 200);
    }

    /** The text of the page, with the places of this test. */
    private static String configuration(CertificateOfCommand certificate, int port) throws IOException {
        Matcher found = CONFIGURATION.matcher(Files.readString(PAGE));
        assertTrue(found.find(), "The page has no configuration of nginx.");
        String site = replaced(found.group(1), "listen 443 ", "listen 127.0.0.1:" + port + " ");
        site = replaced(site, "127.0.0.1:8420", "127.0.0.1:" + server.url().getPort());
        site = replaced(
                site, "/etc/pawl/fullchain.pem", certificate.certificate().toString());
        site = replaced(site, "/etc/pawl/privkey.pem", certificate.key().toString());
        StringBuilder places = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            places.append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append(";\n");
        }
        return "daemon off;\nmaster_process off;\npid " + folder.resolve("nginx.pid")
                + ";\nevents {}\nhttp {\naccess_log off;\n" + places + site + "}\n";
    }

    private static String replaced(String text, String from, String to) {
        assertTrue(text.contains(from), "The page's configuration lacks " + from);
        return text.replace(from, to);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.destroy();
            nginx.onExit().join();
        }
        if (server != null) {
            server.close();
        }
    }

    private static HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void requestsPassWithTheNameOfTheProxy() throws Exception {
        HttpResponse<String> answer = get("/status");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(HttpClient.Version.HTTP_2, answer.version());
        HttpResponse<String> page = send(request("/status").header("Origin", url.toString()));
        assertEquals(
                url.toString(),
                page.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertEquals(
                403,
                send(request("/status").header("Origin", "https://evil.example.org"))
                        .statusCode());
    }

    @Test
    void anUploadLargerThanNginxTakesByItselfReachesTheServer() throws Exception {
        HttpResponse<String> answer = send(request("/modules?dry_run=true")
                .header("Content-Type", "application/java-archive")
                .POST(BodyPublishers.ofByteArray(new byte[UPLOAD])));
        assertTrue(answer.body().contains("PAWL-"), answer.body());
    }

    @Test
    void aLogIsFollowedOverAWebSocket() throws Exception {
        HttpResponse<String> job = send(request("/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"module_id\":\"hello\",\"inputs\":{\"name\":\"Tess\"}}")));
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(job.body());
        assertTrue(id.find(), job.body());
        var log = new Log();
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        URI stream = URI.create("wss://localhost:" + url.getPort() + "/jobs/" + id.group(1) + "/logs/stream?after=0");
        client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(stream, log)
                .get();
        assertEquals(WebSocket.NORMAL_CLOSURE, log.end.get());
        assertTrue(log.lines.stream().anyMatch(line -> line.contains("message")), log.lines::toString);
    }

    @Test
    void eventsPassOneByOne() throws Exception {
        HttpResponse<Stream<String>> events =
                client.send(request("/events?types=job").build(), HttpResponse.BodyHandlers.ofLines());
        assertEquals(200, events.statusCode());
        CompletableFuture<String> end = CompletableFuture.supplyAsync(() -> events.body()
                .filter(line -> line.contains("\"completed\""))
                .findFirst()
                .orElseThrow());
        send(request("/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"module_id\":\"hello\",\"inputs\":{\"name\":\"Tess\"}}")));
        assertTrue(end.get(20, TimeUnit.SECONDS).startsWith("data:"));
        events.body().close();
    }

    private static final class Log implements WebSocket.Listener {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Integer> end = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            lines.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            end.completeExceptionally(failure);
        }
    }
}

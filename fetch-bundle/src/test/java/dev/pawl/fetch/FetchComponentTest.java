package dev.pawl.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.pawl.service.fetch.FetchRequest;
import dev.pawl.service.fetch.Fetched;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.LoopbackProxy;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

final class FetchComponentTest {

    private static final String PASSWORD = "s3cret-word";

    private final Map<String, String> properties = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicReference<Map<String, List<String>>> seen = new AtomicReference<>(Map.of());
    private HttpServer server;
    private LoopbackProxy proxy;
    private FetchComponent component;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                seen.set(Map.copyOf(exchange.getRequestHeaders()));
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (exchange.getRequestURI().getPath().equals("/slow")) {
                    letGo.await();
                }
                exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
                exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
                exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/gone") ? 410 : 200, 0);
                exchange.getResponseBody().write("é".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().write(body);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        proxy = LoopbackProxy.withPassword(PASSWORD);
        properties.put("pawl.proxy.url", "http://u:" + PASSWORD + "@127.0.0.1:" + proxy.port());
        properties.put(
                "pawl.proxy.rotation.url", "http://u-{session}{geo_suffix}:" + PASSWORD + "@127.0.0.1:" + proxy.port());
        properties.put("pawl.proxy.hosts", " api.example , *.example.org");
        component = new FetchComponent((BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> properties.get(String.valueOf(arguments[0]))));
    }

    @AfterEach
    void stop() throws IOException {
        letGo.countDown();
        component.stop();
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private FetchRequest request(String host, String path) {
        String url = "http://" + host + ":" + server.getAddress().getPort() + path;
        return new FetchRequest(url, "get", Map.of(), null, Duration.ofSeconds(30), false, null, null);
    }

    private Fetched fetch(FetchRequest request) throws Exception {
        return component.fetch(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aRequestGoesThroughTheProxyAndItsAnswerComesBackAsText() throws Exception {
        FetchRequest plain = request("api.example", "/gone");
        Fetched fetched = fetch(new FetchRequest(
                plain.url(), "post", Map.of("X-One", "1"), "body", plain.timeout(), false, "s1", "us"));
        assertTrue(fetched.success(), String.valueOf(fetched.error()));
        assertEquals(410, fetched.statusCode());
        assertEquals("ébody", fetched.content());
        assertEquals("POST", fetched.headers().get("x-method"));
        assertEquals(List.of("u-s1-country-us"), proxy.users());
        assertEquals(List.of("1"), seen.get().get("X-one"));
        assertEquals(List.of("pawl"), seen.get().get("User-agent"));
    }

    @Test
    void browserModeAddsWhatBrowsersSendButReplacesNothing() throws Exception {
        FetchRequest plain = request("a.example.org", "/");
        fetch(new FetchRequest(plain.url(), "GET", Map.of("accept", "x/y"), null, plain.timeout(), true, null, null));
        assertEquals(List.of("x/y"), seen.get().get("Accept"));
        assertTrue(seen.get().get("User-agent").get(0).startsWith("Mozilla/5.0"), seen.get()::toString);
        assertEquals(List.of("en-US,en;q=0.9"), seen.get().get("Accept-language"));
    }

    @Test
    void whatIsNotAllowedIsRefusedInASentence() throws Exception {
        for (String host : List.of("other.test", "169.254.169.254", "127.0.0.1", "example.org")) {
            Fetched fetched = fetch(request(host, "/"));
            assertFalse(fetched.success());
            assertEquals(
                    "The host " + host + ":" + server.getAddress().getPort()
                            + " is not an allowed host. An admin adds it to PAWL_PROXY_HOSTS.",
                    fetched.error());
        }
        FetchRequest plain = request("api.example", "/");
        for (FetchRequest bad : List.of(
                new FetchRequest("file:///etc/passwd", "GET", Map.of(), null, plain.timeout(), false, null, null),
                new FetchRequest(plain.url(), "CONNECT", Map.of(), null, plain.timeout(), false, null, null),
                new FetchRequest(
                        plain.url(), "GET", Map.of("X", "1\r\nY: 2"), null, plain.timeout(), false, null, null),
                new FetchRequest(plain.url(), "GET", Map.of(), null, plain.timeout(), false, "a:b@c", null),
                new FetchRequest("http://a b/", "GET", Map.of(), null, plain.timeout(), false, null, null))) {
            Fetched fetched = fetch(bad);
            assertFalse(fetched.success(), bad::toString);
            assertFalse(String.valueOf(fetched.error()).isEmpty());
        }
        assertEquals(List.of(), proxy.requestLines());
        assertThrows(
                ProblemException.class,
                () -> new FetchRequest(plain.url(), "GET", Map.of(), null, Duration.ofHours(1), false, null, null));
    }

    @Test
    void withoutAProxyOrHostsItIsOff() {
        for (String missing : List.of("pawl.proxy.hosts", "pawl.proxy.url")) {
            String kept = properties.remove(missing);
            properties.remove("pawl.proxy.rotation.url");
            ProblemException refused =
                    assertThrows(ProblemException.class, () -> component.fetch(request("api.example", "/")), missing);
            assertEquals(ProblemCode.PROXY_OFF, refused.code());
            properties.put(missing, kept);
        }
        properties.put("pawl.proxy.url", "socks5://u:" + PASSWORD + "@127.0.0.1:1");
        ProblemException refused =
                assertThrows(ProblemException.class, () -> component.fetch(request("api.example", "/")));
        assertEquals(ProblemCode.PROXY_OFF, refused.code());
        assertFalse(String.valueOf(refused.getMessage()).contains(PASSWORD), refused.getMessage());
    }

    @Test
    void onlySoManyAreMadeAtOnceAndOnlySoManyWait() throws Exception {
        List<CompletableFuture<Fetched>> all = new ArrayList<>();
        for (int n = 0; n < Fetches.MOST_AT_ONCE + Fetches.MOST_WAITING; n++) {
            all.add(component.fetch(request("api.example", "/slow")).toCompletableFuture());
        }
        ProblemException refused =
                assertThrows(ProblemException.class, () -> component.fetch(request("api.example", "/slow")));
        assertEquals(ProblemCode.OVERLOADED, refused.code());
        Eventually.eventually(
                () -> assertEquals(Fetches.MOST_AT_ONCE, proxy.requestLines().size()));

        long begin = System.nanoTime();
        component.stop();
        for (CompletableFuture<Fetched> each : all) {
            assertFalse(each.get(5, TimeUnit.SECONDS).success(), "nobody is left waiting");
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(taken.toMillis() < 5_000, taken::toString);
        assertEquals(Fetches.MOST_AT_ONCE, proxy.requestLines().size(), "those that waited were not begun");
        assertThrows(ProblemException.class, () -> component.fetch(request("api.example", "/")));
    }

    @Test
    void aProxyThatEchoesItsPasswordShowsItToNobody() throws Exception {
        FetchRequest plain = request("api.example", "/");
        for (String user : List.of("u", "u-s", "u-s1")) {
            String pair = user + ":" + PASSWORD;
            String echo = pair + " " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            Fetched fetched =
                    fetch(new FetchRequest(plain.url(), "POST", Map.of(), echo, plain.timeout(), false, null, null));
            assertFalse(fetched.content().contains(PASSWORD), fetched.content());
            String basic = fetched.content().substring(fetched.content().indexOf(' ') + 1);
            assertTrue(basic.matches("[A-Za-z0-9+/]*\\*{8}[A-Za-z0-9+/]{0,2}=*"), basic);
        }
    }

    @Test
    void anAnswerThatComesTooLateIsAFailure() throws Exception {
        FetchRequest plain = request("api.example", "/slow");
        Fetched fetched =
                fetch(new FetchRequest(plain.url(), "GET", Map.of(), null, Duration.ofMillis(300), false, null, null));
        assertEquals("The server api.example did not answer in full within 300 ms.", fetched.error());
    }
}

package dev.pawl.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The older engine's {@code proxied_request} in a module that has no httpx, by a proxy of the test. */
@NeedsProgram("python3")
class ProxiedRequestTest {

    private static final String MODULE = """
            import sys
            sys.modules["httpx"] = None
            from sweatpants import proxied_request
            async def run():
                answer = await proxied_request("GET", "http://far.example/a", params={"q": "b c"}, session_id="s7")
                print(answer.status_code, answer.is_success, answer.text)
                answer = await proxied_request("POST", "http://far.example/b", json={"n": 1}, headers={"X-Key": "k"})
                print(answer.status_code, answer.json(), answer.headers["Content-Type"])
                try:
                    answer.raise_for_status()
                except RuntimeError as error:
                    print(error)
            if len(sys.argv) > 1:
                import asyncio
                asyncio.run(run())
            else:
                try:
                    run().send(None)
                except StopIteration:
                    pass
            """;

    private static List<String> said(int port, String... loop) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("python3", "-X", "utf8", "-c", MODULE));
        command.addAll(List.of(loop));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put(
                        "PYTHONPATH",
                        Path.of("src/main/resources/shims/python")
                                .toAbsolutePath()
                                .toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("SWEATPANTS_PROXY_URL", "http://127.0.0.1:" + port);
        builder.environment().put("SWEATPANTS_PROXY_ROTATION_URL", "http://{session}:word@127.0.0.1:" + port);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void itGoesThroughTheProxyWithAndWithoutAnEventLoop() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            try (exchange) {
                String name = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                boolean get = exchange.getRequestMethod().equals("GET");
                byte[] answer = (get
                                ? exchange.getRequestURI() + " " + name
                                : "{\"got\":" + body + ",\"key\":\""
                                        + exchange.getRequestHeaders().getFirst("X-Key") + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", get ? "text/plain" : "application/json");
                exchange.sendResponseHeaders(get ? 200 : 403, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        proxy.start();
        try {
            List<String> expected = List.of(
                    "200 True http://far.example/a?q=b+c Basic czc6d29yZA==",
                    "403 {'got': {'n': 1}, 'key': 'k'} application/json",
                    "http://far.example/b answered with the status 403.");
            int port = proxy.getAddress().getPort();
            assertEquals(expected, said(port));
            assertEquals(expected, said(port, "asyncio"));
        } finally {
            proxy.stop(0);
        }
    }
}

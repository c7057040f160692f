package dev.pawl.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.http.proxy.TrustedProxies;
import dev.pawl.http.server.Listener;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may call with a token, read with a session and change something with a session; the proxy says whether the client speaks TLS. */
final class OwnPageTest {

    private static final OriginCheck CHECK = new OriginCheck(Set.of("https://listed.example"));

    private static Listener listener;
    private static URI url;

    private static boolean answer(Request request, Response response, Callback callback) {
        String text = outcome(() -> CHECK.check(request, Role.VIEWER)) + " "
                + outcome(() -> OwnPage.refuseOthers(request)) + " " + outcome(() -> OwnPage.require(request));
        Content.Sink.write(response, true, text, callback);
        return true;
    }

    private static String outcome(Runnable check) {
        try {
            check.run();
            return "yes";
        } catch (ProblemException refused) {
            return "no";
        }
    }

    @BeforeAll
    static void listen() throws IOException {
        Optional<TrustedProxies> proxies = TrustedProxies.read(Map.of("pawl.trusted.proxies", "127.0.0.1")::get);
        listener = new Listener(new ErrorHandler(), 4, 100, Optional.empty(), proxies);
        listener.start();
        listener.open("127.0.0.1", 0, OwnPageTest::answer, request -> listener.workers());
        url = listener.url("127.0.0.1");
    }

    @AfterAll
    static void stop() {
        listener.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // scheme | Origin                    | Sec-Fetch-Site | token read change
                "https    | https://pawl.example      | -              | yes yes yes",
                "https    | HTTPS://PAWL.example      | same-origin    | yes yes yes",
                "https    | -                         | same-origin    | yes yes yes",
                "https    | -                         | none           | yes yes no",
                "https    | -                         | -              | yes yes no",
                "https    | http://pawl.example       | -              | no no no",
                "https    | https://pawl.example:8443 | -              | no no no",
                "https    | https://pawl.example.evil | -              | no no no",
                "https    | https://listed.example    | -              | yes no no",
                "https    | null                      | -              | no no no",
                "https    | -                         | same-site      | no no no",
                "https    | -                         | cross-site     | no no no",
                "https    | https://pawl.example      | cross-site     | yes no no",
                "http     | http://pawl.example       | -              | yes yes yes",
                "http     | https://pawl.example      | -              | yes no no", // a proxy that nobody has named
                "http     | http://pawl.example:81    | -              | no no no"
            })
    void aPageIsTheServersOwnByItsOriginOrItsRelation(String scheme, String origin, String site, String expected)
            throws IOException {
        String headers = (origin == null ? "" : "Origin: " + origin + "\r\n")
                + (site == null ? "" : "Sec-Fetch-Site: " + site + "\r\n");
        assertEquals(expected, ask("X-Forwarded-Proto: " + scheme + "\r\n" + headers));
    }

    private static String ask(String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: pawl.example\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4)
                    .lines()
                    .filter(line -> line.contains(" "))
                    .findFirst()
                    .orElse(answer);
        }
    }
}

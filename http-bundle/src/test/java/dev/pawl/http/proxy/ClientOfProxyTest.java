package dev.pawl.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.server.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientOfProxyTest {

    private static final String PROXIES = "127.0.0.0/8, 10.0.0.0/8,fd00::/8";

    /** The addresses are written from the client on; each proxy adds the address that it saw. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1     |",
                "203.0.113.9   | X-Forwarded-For: 203.0.113.9",
                "203.0.113.9   | X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3",
                "203.0.113.9   | X-Forwarded-For: 127.0.0.1, 203.0.113.9",
                "10.1.2.3      | X-Forwarded-For: 203.0.113.9, unknown, 10.1.2.3",
                "127.0.0.1     | X-Forwarded-For: evil.example.org",
                "127.0.0.1     | X-Forwarded-For: 6.6.6.6, ",
                "127.0.0.1     | X-Forwarded-For: 6.6.6.666",
                "10.0.0.1      | X-Forwarded-For: 10.0.0.1, 10.0.0.2",
                "203.0.113.9   | X-Forwarded-For: 203.0.113.9:4711",
                "[2001:db8:0:0:0:0:0:7] | X-Forwarded-For: [2001:db8::7]:80, fd00::1",
                "127.0.0.1     | Forwarded: for=6.6.6.6"
            })
    void theClientIsTheLastOfTheChainThatIsNoProxy(String client, String header) throws IOException {
        String given = header == null ? "" : header + "\r\n";
        assertEquals(client + " http localhost", answer(Map.of("pawl.trusted.proxies", PROXIES), given));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 http localhost   | for=203.0.113.9",
                "203.0.113.9 https a.example  | for=6.6.6.6, For=\"203.0.113.9:1\";proto=https;host=\"a.example\"",
                "[2001:db8:0:0:0:0:0:7] http localhost | for=\"[2001:db8::7]\";by=10.0.0.9, for=10.0.0.1",
                "127.0.0.1 http localhost     | for=6.6.6.6, for=_hidden",
                "127.0.0.1 http localhost     | for=6.6.6.6, nonsense",
                "127.0.0.1 http localhost     | for=\"6.6.6.6"
            })
    void theStandardHeaderIsReadWhenItIsChosenAndTheOtherIsNot(String seen, String header) throws IOException {
        Map<String, String> settings = Map.of("pawl.trusted.proxies", PROXIES, "pawl.forwarded.header", "forwarded");
        assertEquals(seen, answer(settings, "Forwarded: " + header + "\r\nX-Forwarded-For: 6.6.6.6\r\n"));
    }

    @Test
    void theHostAndTheProtocolOfTheNearestProxyCount() throws IOException {
        String headers =
                "X-Forwarded-Host: evil.org, pawl.example.org\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Proto: https\r\n";
        assertEquals("127.0.0.1 https pawl.example.org", answer(Map.of("pawl.trusted.proxies", PROXIES), headers));
        assertEquals(
                "127.0.0.1 http localhost",
                answer(Map.of("pawl.trusted.proxies", PROXIES), "X-Forwarded-Proto: gopher\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.1", "::1"})
    void othersAreNotBelieved(String proxies) throws IOException {
        String headers = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil.org\r\nX-Forwarded-Proto: https\r\n";
        assertEquals("127.0.0.1 http localhost", answer(Map.of("pawl.trusted.proxies", proxies), headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "fd00::/129", "*", "1.2.3.4/"})
    void whatIsNoRangeIsRefused(String entry) {
        String message = String.valueOf(assertThrows(
                        IllegalStateException.class,
                        () -> TrustedProxies.read(Map.of("pawl.trusted.proxies", "127.0.0.1," + entry)::get))
                .getMessage());
        assertTrue(message.contains("PAWL_TRUSTED_PROXIES holds \"" + entry), message);
    }

    /** A request as the rest of the server sees it: the client's address, the protocol and the host. */
    private static String answer(Map<String, String> settings, String headers) throws IOException {
        var listener = new Listener(new ErrorHandler(), 4, 100, Optional.empty(), TrustedProxies.read(settings::get));
        listener.start();
        try {
            listener.open("127.0.0.1", 0, ClientOfProxyTest::answer, request -> listener.workers());
            URI url = listener.url("127.0.0.1");
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
                socket.setSoTimeout(10_000);
                String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                String whole = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                return whole.substring(whole.indexOf("\r\n\r\n") + 4);
            }
        } finally {
            listener.stop();
        }
    }

    private static boolean answer(Request request, Response response, Callback callback) {
        String scheme = request.getHttpURI().getScheme();
        assertEquals(request.isSecure(), "https".equals(scheme));
        String text = Request.getRemoteAddr(request) + " " + scheme + " "
                + request.getHeaders().get(HttpHeader.HOST);
        Content.Sink.write(response, true, text, callback);
        return true;
    }
}

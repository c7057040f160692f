package dev.pawl.it.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An OpenID Connect issuer that runs as a process of its own: metadata, keys, tokens with the claims that {@code POST /mint} asks for, and the
 * sign-in of the person whom {@code POST /person} describes, by codes that are good once and for their verifier. It is written with the JDK's own
 * signatures, so that it shares no code with what verifies them.
 */
final class IssuerProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY_ID = "only";

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private IssuerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on a free port. */
    static IssuerProcess start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        IssuerProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String url = out.readLine();
        if (url == null) {
            throw new IOException("The issuer did not start.");
        }
        return new IssuerProcess(process, url);
    }

    String url() {
        return url;
    }

    /** A token for {@code pawl} with further claims. */
    String token(Map<String, Object> claims) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/mint"))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(claims)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Sets the claims of the person who signs in from now on. */
    void person(Map<String, Object> claims) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/person"))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(claims)))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** Sends SIGKILL to it. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** The issuer itself. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair key = generator.generateKeyPair();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        Map.of(
                                "issuer", url,
                                "jwks_uri", url + "/keys",
                                "authorization_endpoint", url + "/authorize",
                                "token_endpoint", url + "/token",
                                "authorization_response_iss_parameter_supported", true)));
        server.createContext(
                "/keys",
                exchange -> answer(exchange, Map.of("keys", List.of(described((RSAPublicKey) key.getPublic())))));
        server.createContext("/mint", exchange -> {
            Map<String, Object> claims = claims(url);
            claims.putAll(JSON.readerForMapOf(Object.class).readValue(exchange.getRequestBody()));
            send(exchange, signed(key, claims));
        });
        var codes = new IssuedCodes(url);
        server.createContext("/person", exchange -> {
            codes.person(JSON.readerForMapOf(Object.class).readValue(exchange.getRequestBody()));
            send(exchange, "known");
        });
        server.createContext("/authorize", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", codes.authorize(exchange.getRequestURI().getRawQuery()));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> claims = codes.exchange(form);
            if (claims.isEmpty()) {
                send(exchange, 400, "{\"error\": \"invalid_grant\"}");
                return;
            }
            Map<String, Object> all = claims(url);
            all.putAll(claims);
            answer(exchange, Map.of("token_type", "Bearer", "access_token", "opaque", "id_token", signed(key, all)));
        });
        server.start();
        System.out.println(url); // read by the process that started this one
    }

    private static Map<String, Object> claims(String url) {
        return new HashMap<>(Map.of(
                "iss", url, "aud", "pawl", "sub", "42", "exp", Instant.now().getEpochSecond() + 600));
    }

    private static Map<String, String> described(RSAPublicKey key) {
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "kid",
                KEY_ID,
                "n",
                text(key.getModulus()),
                "e",
                text(key.getPublicExponent()));
    }

    private static String signed(KeyPair key, Map<String, Object> claims) throws IOException {
        try {
            String head = text(JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY_ID)));
            String unsigned = head + "." + text(JSON.writeValueAsBytes(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
            return unsigned + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return text(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, Map<String, ?> body) throws IOException {
        send(exchange, JSON.writeValueAsString(body));
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        send(exchange, 200, text);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

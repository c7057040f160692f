package dev.pawl.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer on the loopback interface, with its metadata and keys over HTTP. Its clock is the caller's. */
final class LocalIssuer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JWK> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile String claimedIssuer;
    private volatile int status = 200;
    private volatile Map<String, Object> moreMetadata = Map.of();
    private volatile HttpHandler tokenEndpoint = exchange -> answer(exchange, "{}");

    LocalIssuer() throws IOException, JOSEException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, metadata()));
        server.createContext("/keys", exchange -> {
            keyRequests.incrementAndGet();
            answer(exchange, new JWKSet(keys).toString());
        });
        server.createContext("/token", exchange -> tokenEndpoint.handle(exchange));
        claimedIssuer = url();
        rotate("first");
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int keyRequests() {
        return keyRequests.get();
    }

    /** Replaces its key by a new one. */
    RSAKey rotate(String id) throws JOSEException {
        RSAKey key =
                new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        keys.clear();
        keys.add(key);
        return key;
    }

    ECKey addElliptic(String id) throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256)
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .generate();
        keys.add(key);
        return key;
    }

    /** Makes its metadata name another issuer. */
    void claimToBe(String issuer) {
        claimedIssuer = issuer;
    }

    /** Adds to its metadata. */
    void describe(Map<String, Object> more) {
        moreMetadata = more;
    }

    /** Sets the answer to requests for tokens. */
    void exchanging(HttpHandler handler) {
        tokenEndpoint = handler;
    }

    /** Makes it answer with this status from now on. */
    void fail(int answered) {
        status = answered;
    }

    RSAKey key() {
        return (RSAKey) keys.get(0);
    }

    String sign(JWTClaimsSet claims) throws JOSEException {
        return sign(claims, (RSAKey) keys.get(0), JOSEObjectType.JWT);
    }

    static String sign(JWTClaimsSet claims, RSAKey key, JOSEObjectType type) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(type)
                        .build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    static String sign(JWTClaimsSet claims, ECKey key) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private String metadata() {
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "issuer",
                claimedIssuer,
                "jwks_uri",
                url() + "/keys",
                "authorization_endpoint",
                url() + "/authorize",
                "token_endpoint",
                url() + "/token"));
        metadata.putAll(moreMetadata);
        return com.nimbusds.jose.util.JSONObjectUtils.toJSONString(metadata);
    }

    void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.pawl.it.access;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The codes of {@link IssuerProcess}: each for one client, one address, one nonce and one verifier, and good once. */
final class IssuedCodes {

    private final String issuer;
    private final Map<String, Map<String, String>> questions = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();

    IssuedCodes(String issuer) {
        this.issuer = issuer;
    }

    void person(Map<String, Object> claims) {
        person = claims;
    }

    /** The address to which a browser is sent back; nobody is asked for a password, and a person without claims says no. */
    String authorize(String query) {
        Map<String, String> question = fields(query);
        String answer;
        if (person.isEmpty()) {
            answer = "error=access_denied";
        } else {
            String code = UUID.randomUUID().toString();
            questions.put(code, question);
            answer = "code=" + code;
        }
        return question.get("redirect_uri") + "?" + answer + "&session_state=x&state=" + question.get("state") + "&iss="
                + URLEncoder.encode(issuer, StandardCharsets.UTF_8);
    }

    /** The claims for a code; empty when it is refused. */
    Map<String, Object> exchange(String body) {
        Map<String, String> form = fields(body);
        Map<String, String> question = questions.remove(form.getOrDefault("code", ""));
        if (question == null
                || !question.get("client_id").equals(form.get("client_id"))
                || !question.get("redirect_uri").equals(form.get("redirect_uri"))
                || !question.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return Map.of();
        }
        Map<String, Object> claims = new HashMap<>(person);
        claims.put("nonce", question.get("nonce"));
        return claims;
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}

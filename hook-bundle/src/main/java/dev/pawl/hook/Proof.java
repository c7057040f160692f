package dev.pawl.hook;

import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookScheme;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks the proof of a call, each in constant time: of GitHub (docs.github.com, "Validating webhook deliveries"), of GitLab (docs.gitlab.com,
 * "Webhooks"), of Standard Webhooks (standardwebhooks.com, version 1), and of this server's own callbacks.
 */
final class Proof {

    /** How far the time of a signed call may be from now, either way; what Standard Webhooks advises. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String HMAC = "HmacSHA256";
    private static final String SHA256_IS = "sha256=";
    private static final String STANDARD_KEY = "whsec_";
    private static final String STANDARD_VERSION = "v1,";
    private static final String STANDARD_ID = "webhook-id";
    private static final String STANDARD_TIME = "webhook-timestamp";
    private static final String STANDARD_SIGNATURE = "webhook-signature";
    private static final String PAWL_TIME = "x-pawl-timestamp";
    private static final String BEARER = "bearer ";
    private static final int HEX_LENGTH = 64;

    private final HookAuth auth;
    private final HookCall call;
    private final Instant now;

    private Proof(HookAuth auth, HookCall call, Instant now) {
        this.auth = auth;
        this.call = call;
        this.now = now;
    }

    /**
     * Checks a call.
     *
     * @param auth the proof that is demanded, with its secrets open
     * @return why the proof is none, a sentence without secrets; empty when it is right
     */
    static Optional<String> wrong(HookAuth auth, HookCall call, Instant now) {
        return new Proof(auth, call, now).wrong();
    }

    private Optional<String> wrong() {
        HookScheme scheme = auth.scheme();
        switch (scheme) {
            case NONE -> {
                return Optional.empty();
            }
            case CALLBACKS -> {
                return Optional.of("The hook takes no calls: received callbacks alone start its jobs.");
            }
            case GITHUB, GITLAB, STANDARD, PAWL, HMAC, TOKEN -> {}
        }
        String missing = missingHeader();
        if (missing != null) {
            return Optional.of("The header " + missing + " is missing.");
        }
        Optional<String> time = wrongTime();
        if (time.isPresent()) {
            return time;
        }
        String former = auth.formerSecret();
        boolean isRight = isRight(String.valueOf(auth.secret()));
        boolean isFormer = former != null && isRight(former);
        return isRight || isFormer
                ? Optional.empty()
                : Optional.of("The header " + proofHeader() + " does not fit the secret and the body.");
    }

    /** The header that carries the proof of this call. */
    private String proofHeader() {
        return auth.scheme() == HookScheme.GITLAB && header(STANDARD_SIGNATURE) != null
                ? STANDARD_SIGNATURE
                : String.valueOf(auth.usedHeader());
    }

    private @Nullable String missingHeader() {
        if (isStandard()) {
            for (String name : new String[] {STANDARD_ID, STANDARD_TIME, STANDARD_SIGNATURE}) {
                if (header(name) == null) {
                    return name;
                }
            }
            return null;
        }
        if (auth.scheme() == HookScheme.PAWL && header(PAWL_TIME) == null) {
            return PAWL_TIME;
        }
        String name = String.valueOf(auth.usedHeader());
        return header(name) == null ? name : null;
    }

    private boolean isStandard() {
        return auth.scheme() == HookScheme.STANDARD
                || (auth.scheme() == HookScheme.GITLAB && header(STANDARD_SIGNATURE) != null);
    }

    /** Why the time of a signed call is no proof that it is new. */
    private Optional<String> wrongTime() {
        String name = isStandard() ? STANDARD_TIME : auth.scheme() == HookScheme.PAWL ? PAWL_TIME : null;
        if (name == null) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.ofEpochSecond(Long.parseLong(required(name).strip()));
            return Duration.between(at, now).abs().compareTo(TOLERANCE) <= 0
                    ? Optional.empty()
                    : Optional.of("The time of the call, " + at + ", is more than " + TOLERANCE.toMinutes()
                            + " minutes from now, " + now + ".");
        } catch (RuntimeException e) { // no number, or one beyond all times
            return Optional.of("The header " + name + " is no time in seconds since 1970.");
        }
    }

    private boolean isRight(String secret) {
        if (isStandard()) {
            return isStandard(secret);
        }
        String given = required(String.valueOf(auth.usedHeader()));
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        return switch (auth.scheme()) {
            case GITHUB, HMAC -> isSame(hmac(key, "", call.body()), decoded(given));
            case PAWL -> isSame(hmac(key, required(PAWL_TIME).strip() + ".", call.body()), decoded(given));
            case GITLAB, TOKEN -> isSame(digest(secret), digest(token(given)));
            case STANDARD, NONE, CALLBACKS -> false;
        };
    }

    private boolean isStandard(String secret) {
        byte[] wanted = hmac(
                standardKey(secret),
                required(STANDARD_ID) + "." + required(STANDARD_TIME).strip() + ".",
                call.body());
        boolean found = false;
        for (String signature : required(STANDARD_SIGNATURE).strip().split(" +", -1)) {
            found |= signature.startsWith(STANDARD_VERSION)
                    && isSame(wanted, decoded(signature.substring(STANDARD_VERSION.length())));
        }
        return found;
    }

    private static byte[] standardKey(String secret) {
        if (secret.startsWith(STANDARD_KEY)) {
            try {
                return Base64.getDecoder().decode(secret.substring(STANDARD_KEY.length()));
            } catch (IllegalArgumentException noBase64) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private String token(String given) {
        boolean isBearer = auth.scheme() == HookScheme.TOKEN
                && "authorization".equalsIgnoreCase(auth.usedHeader())
                && given.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer ? given.substring(BEARER.length()).strip() : given;
    }

    /** The bytes of a signature in hexadecimal or Base64; none when it is neither. */
    private static byte[] decoded(String given) {
        String text = given.strip();
        if (text.regionMatches(true, 0, SHA256_IS, 0, SHA256_IS.length())) {
            text = text.substring(SHA256_IS.length());
        }
        try {
            return text.length() == HEX_LENGTH
                    ? HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT))
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] key, String before, ByteBuffer body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            mac.update(body);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256.", e);
        }
    }

    /** Texts of any lengths are compared by their digests, so that the time tells nothing of the length. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static boolean isSame(byte[] wanted, byte[] given) {
        return MessageDigest.isEqual(wanted, given);
    }

    private @Nullable String header(String name) {
        return call.headers().get(name.toLowerCase(Locale.ROOT));
    }

    private String required(String name) {
        return String.valueOf(header(name));
    }
}

package dev.pawl.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookScheme;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {

    /** The published example of docs.github.com, "Validating webhook deliveries". */
    private static final String GITHUB_SECRET = "It's a Secret to Everybody";

    private static final String GITHUB_BODY = "Hello, World!";
    private static final String GITHUB_HEX = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final String GITHUB_BASE64 = "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=";

    /** The example of the Standard Webhooks libraries, whose time is in seconds since 1970. */
    private static final String STANDARD_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";

    private static final String STANDARD_BODY = "{\"event_type\":\"ping\",\"data\":{\"success\":true}}";
    private static final Map<String, String> STANDARD = Map.of(
            "webhook-id", "msg_loFOjxBNrRLzqYUf",
            "webhook-timestamp", "1731705121",
            "webhook-signature", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
    private static final Instant STANDARD_TIME = Instant.ofEpochSecond(1_731_705_121);

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Optional<String> wrong(
            HookScheme scheme, @Nullable String header, String secret, String body, Map<String, String> headers) {
        return wrong(new HookAuth(scheme, header, secret, null), body, headers, NOW);
    }

    private static Optional<String> wrong(HookAuth auth, String body, Map<String, String> headers, Instant now) {
        return Proof.wrong(auth, HookCall.of(headers, Map.of(), body.getBytes(StandardCharsets.UTF_8)), now);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    @Test
    void theExampleOfGitHubIsRightAndAnyOtherBodySecretOrSignatureIsNot() {
        Map<String, String> signed = Map.of("X-Hub-Signature-256", "sha256=" + GITHUB_HEX);
        assertEquals(Optional.empty(), wrong(HookScheme.GITHUB, null, GITHUB_SECRET, GITHUB_BODY, signed));
        assertTrue(wrong(HookScheme.GITHUB, null, GITHUB_SECRET, "Hello, World?", signed)
                .isPresent());
        assertTrue(
                wrong(HookScheme.GITHUB, null, "another", GITHUB_BODY, signed).isPresent());
        String other = "sha256=" + GITHUB_HEX.replace('7', '8');
        assertTrue(wrong(HookScheme.GITHUB, null, GITHUB_SECRET, GITHUB_BODY, Map.of("X-Hub-Signature-256", other))
                .isPresent());
    }

    @Test
    void aMissingHeaderIsNamed() {
        assertEquals(
                Optional.of("The header X-Hub-Signature-256 is missing."),
                wrong(HookScheme.GITHUB, null, GITHUB_SECRET, GITHUB_BODY, Map.of("X-Hub-Signature", "sha1=00")));
        assertEquals(
                Optional.of("The header webhook-id is missing."),
                wrong(HookScheme.STANDARD, null, "secret", "", Map.of("webhook-signature", "v1,x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha256=", "sha256=00", "sha256=zz", "sha1=" + GITHUB_HEX, "v1,x", "=", "sha256=sha256="})
    void whatIsNoSignatureIsWrong(String value) {
        assertTrue(wrong(HookScheme.GITHUB, null, GITHUB_SECRET, GITHUB_BODY, Map.of("X-Hub-Signature-256", value))
                .isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {GITHUB_HEX, "sha256=" + GITHUB_HEX, GITHUB_BASE64, "sha256=" + GITHUB_BASE64})
    void aHeaderOfTheHooksChoiceTakesHexadecimalAndBase64(String value) {
        assertEquals(
                Optional.empty(),
                wrong(HookScheme.HMAC, "X-Mine", GITHUB_SECRET, GITHUB_BODY, Map.of("x-mine", value)));
    }

    @Test
    void theExampleOfStandardWebhooksIsRightAtItsTime() {
        HookAuth auth = new HookAuth(HookScheme.STANDARD, null, STANDARD_SECRET, null);
        assertEquals(Optional.empty(), wrong(auth, STANDARD_BODY, STANDARD, STANDARD_TIME));
        assertEquals(
                Optional.empty(),
                wrong(
                        auth,
                        STANDARD_BODY,
                        with(STANDARD, "webhook-signature", "v1,AAAA v1a,BBBB " + STANDARD.get("webhook-signature")),
                        STANDARD_TIME.plus(Proof.TOLERANCE)));
        assertTrue(wrong(auth, STANDARD_BODY + " ", STANDARD, STANDARD_TIME).isPresent());
        assertTrue(wrong(auth, STANDARD_BODY, with(STANDARD, "webhook-id", "other"), STANDARD_TIME)
                .isPresent());
    }

    @Test
    void aSignedTimeThatIsFarFromNowIsWrongEitherWay() {
        HookAuth auth = new HookAuth(HookScheme.STANDARD, null, STANDARD_SECRET, null);
        Duration far = Proof.TOLERANCE.plusSeconds(1);
        assertTrue(wrong(auth, STANDARD_BODY, STANDARD, STANDARD_TIME.plus(far)).isPresent());
        assertTrue(
                wrong(auth, STANDARD_BODY, STANDARD, STANDARD_TIME.minus(far)).isPresent());
        for (String time : new String[] {"soon", "", "99999999999999999999", "9223372036854775807"}) {
            assertTrue(wrong(auth, STANDARD_BODY, with(STANDARD, "webhook-timestamp", time), STANDARD_TIME)
                    .orElse("")
                    .contains("no time in seconds"));
        }
    }

    @Test
    void gitLabSendsItsTokenAsItIsOrASignatureByTheSigningToken() {
        assertEquals(
                Optional.empty(), wrong(HookScheme.GITLAB, null, "token", "{}", Map.of("X-Gitlab-Token", "token")));
        assertTrue(wrong(HookScheme.GITLAB, null, "token", "{}", Map.of("X-Gitlab-Token", "tokens"))
                .isPresent());
        assertTrue(wrong(HookScheme.GITLAB, null, "token", "{}", Map.of()).isPresent());
        HookAuth signing = new HookAuth(HookScheme.GITLAB, null, STANDARD_SECRET, null);
        assertEquals(Optional.empty(), wrong(signing, STANDARD_BODY, STANDARD, STANDARD_TIME));
        assertTrue(
                wrong(signing, STANDARD_BODY, with(STANDARD, "X-Gitlab-Token", STANDARD_SECRET), NOW)
                        .isPresent(),
                "a signature that is there must be right");
    }

    @Test
    void aTokenIsInAuthorizationAsBearerOrInAHeaderOfTheHooksChoice() {
        assertEquals(
                Optional.empty(), wrong(HookScheme.TOKEN, null, "token", "", Map.of("Authorization", "Bearer token")));
        assertEquals(Optional.empty(), wrong(HookScheme.TOKEN, "X-Key", "token", "", Map.of("X-Key", "token")));
        assertTrue(wrong(HookScheme.TOKEN, "X-Key", "token", "", Map.of("X-Key", "Bearer token"))
                .isPresent());
        assertTrue(wrong(HookScheme.TOKEN, "X-Key", "token", "", Map.of("Authorization", "Bearer token"))
                .isPresent());
    }

    @Test
    void ourOwnCallbacksAreSignedWithTheirTime() {
        // printf '1772366400.{}' | openssl dgst -sha256 -hmac secret
        Map<String, String> signed = Map.of(
                "X-Pawl-Timestamp", "1772366400",
                "X-Pawl-Signature", "sha256=b0c2c5e288833b007355aa343b97fd4bb8f9825725b0961e7aaa0f867a720061");
        assertEquals(Optional.empty(), wrong(HookScheme.PAWL, null, "secret", "{}", signed));
        assertTrue(wrong(HookScheme.PAWL, null, "secret", "{}", with(signed, "X-Pawl-Timestamp", "1772366401"))
                .isPresent());
        assertTrue(wrong(new HookAuth(HookScheme.PAWL, null, "secret", null), "{}", signed, NOW.plusSeconds(301))
                .isPresent());
    }

    @Test
    void aFormerSecretIsAcceptedBesideTheOther() {
        HookAuth both = new HookAuth(HookScheme.GITHUB, null, "new", GITHUB_SECRET);
        Map<String, String> signed = Map.of("X-Hub-Signature-256", "sha256=" + GITHUB_HEX);
        assertEquals(Optional.empty(), wrong(both, GITHUB_BODY, signed, NOW));
        assertTrue(wrong(new HookAuth(HookScheme.GITHUB, null, "new", "newer"), GITHUB_BODY, signed, NOW)
                .isPresent());
    }

    @Test
    void noneTakesEverythingAndCallbacksNothing() {
        assertEquals(Optional.empty(), wrong(new HookAuth(HookScheme.NONE, null, null, null), "x", Map.of(), NOW));
        assertTrue(wrong(new HookAuth(HookScheme.CALLBACKS, null, null, null), "x", Map.of(), NOW)
                .isPresent());
    }

    @Test
    void noReasonRepeatsWhatTheCallerOrTheHookKnows() {
        String secret = "a-secret-that-nobody-sees";
        for (HookScheme scheme : HookScheme.values()) {
            if (scheme.hasSecret()) {
                String why = wrong(
                                scheme,
                                null,
                                secret,
                                "",
                                Map.of(
                                        String.valueOf(scheme.header()),
                                        "guess-guess",
                                        "webhook-id",
                                        "x",
                                        "webhook-timestamp",
                                        "1",
                                        "x-pawl-timestamp",
                                        "1"))
                        .orElseThrow();
                assertFalse(why.contains(secret) || why.contains("guess"), why);
            }
        }
    }
}

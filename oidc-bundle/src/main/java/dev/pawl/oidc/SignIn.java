package dev.pawl.oidc;

import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Signs people in by a code that their browser brings from the issuer, with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9700). What must be
 * remembered meanwhile is in a sealed ticket that the browser keeps, so that the answer of one browser is of no use in another.
 */
final class SignIn implements AutoCloseable {

    static final Duration VALID = Duration.ofMinutes(10);
    static final int MOST_WAITING = 64;

    private static final int SECRET_BYTES = 32;

    /** A path of this host: a second slash or a backslash would name another one. */
    private static final Pattern LOCAL_PATH = Pattern.compile("/(?:[!-~&&[^/\\\\]][!-~&&[^\\\\]]{0,998})?");

    private final Issuer issuer;
    private final SignInSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private final TicketSeal seal = new TicketSeal();
    private final SpentTickets spent = new SpentTickets();
    private final WaitingThreads threads =
            new WaitingThreads("pawl-oidc-sign-in", MOST_WAITING, "people wait to be signed in");

    /** @param nanoTime a clock that nobody sets, in nanoseconds */
    SignIn(Issuer issuer, SignInSettings settings, InstantSource clock, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    URI callback() {
        return settings.callback();
    }

    CompletionStage<BegunSignIn> begin(String returnTo) {
        if (!returnTo.isEmpty() && !LOCAL_PATH.matcher(returnTo).matches()) {
            return CompletableFuture.failedFuture(new ProblemException(
                    ProblemCode.MALFORMED,
                    "return_to is \"" + Shown.text(returnTo) + "\"; it takes a path of this server such as /docs."));
        }
        return threads.work(() -> begun(returnTo));
    }

    private BegunSignIn begun(String returnTo) {
        URI authorization = issuer.known().metadata().authorization();
        if (authorization == null) {
            throw unusable("authorization_endpoint");
        }
        var ticket = new SignInTicket(secret(), secret(), secret(), returnTo, nanoTime.getAsLong() + VALID.toNanos());
        Map<String, String> question = new LinkedHashMap<>();
        question.put("response_type", "code");
        question.put("client_id", settings.clientId());
        question.put("redirect_uri", settings.callback().toString());
        question.put("scope", String.join(" ", settings.scopes()));
        question.put("state", ticket.state());
        question.put("nonce", ticket.nonce());
        question.put("code_challenge", challenge(ticket.verifier()));
        question.put("code_challenge_method", "S256");
        String joined = authorization + (authorization.getRawQuery() == null ? "?" : "&") + FormText.of(question);
        return new BegunSignIn(URI.create(joined), seal.seal(ticket), VALID);
    }

    CompletionStage<FinishedSignIn> finish(String sealed, Map<String, String> answer) {
        try {
            SignInTicket ticket = spent(sealed, answer.getOrDefault("state", ""));
            if (answer.containsKey("error")) {
                throw failed("The issuer has refused it: " + Shown.text(answer.get("error")) + " "
                        + Shown.text(answer.getOrDefault("error_description", "")));
            }
            String code = answer.getOrDefault("code", "");
            if (code.isEmpty()) {
                throw failed("The issuer's answer has neither a code nor an error.");
            }
            return threads.work(() -> finished(ticket, code, answer.getOrDefault("iss", "")));
        } catch (ProblemException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** The ticket of a browser, if the issuer's answer is the one to it. */
    private SignInTicket spent(String sealed, String state) {
        SignInTicket ticket = seal.open(sealed)
                .filter(known -> nanoTime.getAsLong() - known.endsAt() < 0)
                .orElseThrow(() -> failed("This browser did not begin it within the last " + VALID.toMinutes()
                        + " minutes at " + settings.callback().resolve("/") + ", or keeps no cookies."));
        if (!isEqual(ticket.state(), state)) {
            throw failed("The issuer's answer belongs to another sign-in (state), perhaps in another tab.");
        }
        if (!spent.spend(ticket)) {
            throw failed("It was finished before.");
        }
        return ticket;
    }

    private FinishedSignIn finished(SignInTicket ticket, String code, String iss) {
        Issuer.Known known = issuer.known();
        String expected = issuer.settings().issuer().toString();
        if (iss.isEmpty() ? known.metadata().namesItself() : !iss.equals(expected)) {
            throw failed("The answer is not one of the issuer " + expected + " (iss).");
        }
        URI endpoint = known.metadata().token();
        if (endpoint == null) {
            throw unusable("token_endpoint");
        }
        TokenEndpoint.Tokens tokens =
                new TokenEndpoint(settings, known.metadata(), endpoint).exchange(code, ticket.verifier());
        var check = new IdTokenCheck(issuer.settings(), settings.clientId(), known.keys(), clock);
        return new FinishedSignIn(
                check.check(tokens.idToken(), ticket.nonce(), tokens.accessToken()), ticket.returnTo());
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return text(bytes);
    }

    private static String challenge(String verifier) {
        return text(sha256(verifier));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private ProblemException unusable(String missing) {
        return new ProblemException(
                ProblemCode.ISSUER_UNAVAILABLE,
                "The metadata of the issuer " + issuer.settings().issuer() + " has no " + missing
                        + ", so nobody can sign in there.");
    }

    private static ProblemException failed(String why) {
        return new ProblemException(ProblemCode.SIGN_IN_FAILED, why.strip());
    }

    /** Ends the threads; those who wait are refused. */
    @Override
    public void close() {
        threads.close();
    }
}

package dev.pawl.http.auth;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Authenticates and authorises callers. */
public final class Access {

    /** The prefix of the WebSocket protocol by which a client passes its token, beside {@code pawl}. */
    public static final String PROTOCOL_TOKEN = "pawl.token.";

    private static final CompletableFuture<Credential> LOCAL =
            CompletableFuture.completedFuture(Credential.endless(Principal.LOCAL));
    private static final CompletableFuture<Credential> NOBODY =
            CompletableFuture.completedFuture(Credential.endless(Principal.NOBODY));
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final @Nullable Tokens tokens;
    private final Issuers issuers;
    private final CookieCredentials cookies;
    private final WrongTokens wrong;

    private Access(@Nullable Tokens tokens, Issuers issuers, CookieCredentials cookies) {
        this.tokens = tokens;
        this.issuers = issuers;
        this.cookies = cookies;
        this.wrong = new WrongTokens();
    }

    /** Access with the server's own tokens, those of issuers, and the sessions of browsers. */
    public static Access by(Tokens tokens, Issuers issuers, CookieCredentials cookies) {
        return new Access(tokens, issuers, cookies);
    }

    /** Access without tokens: everybody may do everything. For a server that only this machine can reach. */
    public static Access open() {
        return new Access(
                null, new Issuers(Optional::empty, InstantSource.system()), (request, changing) -> Optional.empty());
    }

    /** Whether everybody may do everything. */
    public boolean isOpen() {
        return tokens == null;
    }

    /**
     * Identifies the caller.
     *
     * @param inAddress the token in the address of a WebSocket; null when there is none
     * @return the caller's credential, at once for a token of the server; exceptionally a {@link ForbiddenException} when the caller lacks the
     *     role, a {@link SlowedException} when the token is wrong and many from the same address were, another {@link ProblemException} when it
     *     is wrong or cannot be checked
     */
    public CompletionStage<Credential> authorize(Request request, Need need, @Nullable String inAddress) {
        try {
            return identified(request, need, inAddress);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<Credential> identified(Request request, Need need, @Nullable String inAddress) {
        if (tokens == null) {
            return LOCAL;
        }
        if (need.role() == Role.ANYONE) {
            return need.tailored() ? known(tokens, request) : NOBODY;
        }
        HttpFields headers = request.getHeaders();
        Optional<String> secret =
                header(headers).or(() -> need.socket() ? socketToken(headers, inAddress) : Optional.empty());
        if (secret.isEmpty()) {
            Credential session =
                    cookies.find(request, isChanging(request, need)).orElseThrow(NoTokenException::new);
            return CompletableFuture.completedFuture(permitted(session, request, need));
        }
        Optional<Credential> own = tokens.find(secret.get());
        if (own.isPresent()) {
            return CompletableFuture.completedFuture(permitted(own.get(), request, need));
        }
        return issuers.verify(secret.get())
                .orElseThrow(() -> wrong(request, "The token is unknown."))
                .handle((verified, failure) -> permitted(accepted(verified, failure, request), request, need));
    }

    /** Whether a request does more than read: a poll takes a job, and what comes through a socket is not guarded as an answer is. */
    private static boolean isChanging(Request request, Need need) {
        boolean reads = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        return !reads || need.socket() || need.role() == Role.WORKER;
    }

    /**
     * Verifies a token that a request has in its body.
     *
     * @return the credential; exceptionally as {@link #authorize}
     */
    public CompletionStage<Credential> verify(String secret, Request request) {
        if (tokens == null) {
            return LOCAL;
        }
        Optional<Credential> own = tokens.find(secret);
        if (own.isPresent()) {
            return CompletableFuture.completedFuture(inForce(own.get(), request));
        }
        return issuers.verify(secret)
                .orElseThrow(() -> wrong(request, "The token is unknown."))
                .handle((verified, failure) -> inForce(accepted(verified, failure, request), request));
    }

    /**
     * The caller of an open route, who is nobody with a wrong token as without one. From where too many wrong ones came no token is looked at, so
     * that the answer of such a route does not tell good ones from wrong ones sooner than that of others.
     */
    private CompletionStage<Credential> known(Tokens own, Request request) {
        SocketAddress from = request.getConnectionMetaData().getRemoteSocketAddress();
        Optional<String> secret = header(request.getHeaders());
        if (secret.isPresent() && wrong.isSlowed(from)) {
            return NOBODY;
        }
        Optional<Credential> found = (secret.isPresent() ? own.find(secret.get()) : cookies.find(request, false))
                .filter(Credential::isInForce);
        if (found.isPresent()) {
            return CompletableFuture.completedFuture(found.get());
        }
        return secret.flatMap(issuers::verify)
                .<CompletionStage<Credential>>map(verified -> verified.exceptionallyCompose(refused -> NOBODY))
                .orElseGet(() -> {
                    secret.ifPresent(token -> wrong.count(from));
                    return NOBODY;
                });
    }

    /** The credential of a token that an issuer made, unless it was not accepted. */
    private Credential accepted(@Nullable Credential verified, @Nullable Throwable failure, Request request) {
        if (verified != null) {
            return verified;
        }
        Throwable cause = FutureFailure.cause(Objects.requireNonNull(failure));
        if (cause instanceof ProblemException problem) {
            throw problem.code() == ProblemCode.UNAUTHORIZED
                    ? wrong(request, String.valueOf(problem.getMessage()))
                    : problem;
        }
        throw FutureFailure.unchecked(cause);
    }

    private Credential permitted(Credential known, Request request, Need need) {
        Credential caller = inForce(known, request);
        Role role = caller.principal().role();
        if (!need.isMetBy(role)) {
            throw new ForbiddenException(
                    caller.principal(),
                    "This needs the role " + need.role().wireName() + "; the token has " + role.wireName() + ".");
        }
        return caller;
    }

    private Credential inForce(Credential caller, Request request) {
        if (!caller.isInForce()) {
            throw wrong(request, "The token has expired or was revoked.");
        }
        return caller;
    }

    /** Counts something wrong that was shown instead of a token; returns what the request is refused with, which may be late. */
    public RuntimeException wrong(Request request, String detail) {
        return wrong(request, new ProblemException(ProblemCode.UNAUTHORIZED, detail));
    }

    /** The same with another problem, unless too many came. */
    public RuntimeException wrong(Request request, ProblemException problem) {
        Duration delay = wrong.count(request.getConnectionMetaData().getRemoteSocketAddress());
        return delay.isZero()
                ? problem
                : new SlowedException(
                        new ProblemException(
                                ProblemCode.WRONG_TOKENS,
                                problem.getMessage() + " Too many wrong ones came from this address."),
                        delay);
    }

    /** The token of a Bearer header, or the password of a Basic one, which older clients can put into the server's address. */
    private static Optional<String> header(HttpFields headers) {
        String header = headers.get("Authorization");
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? password(header.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> socketToken(HttpFields headers, @Nullable String inAddress) {
        String protocols = headers.get("Sec-WebSocket-Protocol");
        if (protocols != null) {
            for (String protocol : protocols.split(",", -1)) {
                if (protocol.strip().startsWith(PROTOCOL_TOKEN)) {
                    return Optional.of(protocol.strip().substring(PROTOCOL_TOKEN.length()));
                }
            }
        }
        return Optional.ofNullable(inAddress);
    }
}

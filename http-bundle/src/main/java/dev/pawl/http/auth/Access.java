package dev.pawl.http.auth;

import dev.pawl.http.route.Reach;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Authenticates and authorises callers. */
public final class Access {

    /** The prefix of the WebSocket protocol by which a client passes its token, beside {@code pawl}. */
    public static final String PROTOCOL_TOKEN = "pawl.token.";

    private static final Credential LOCAL = Credential.endless(Principal.LOCAL);
    private static final Credential NOBODY = Credential.endless(Principal.NOBODY);
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final @Nullable Tokens tokens;
    private final WrongTokens wrong = new WrongTokens();

    private Access(@Nullable Tokens tokens) {
        this.tokens = tokens;
    }

    /** Access with tokens. */
    public static Access by(Tokens tokens) {
        return new Access(tokens);
    }

    /** Access without tokens: everybody may do everything. For a server that only this machine can reach. */
    public static Access open() {
        return new Access(null);
    }

    /**
     * Identifies the caller.
     *
     * @param inAddress the token in the address of a WebSocket; null when there is none
     * @throws ProblemException when the caller lacks the role
     * @throws SlowedException when the token is wrong, and many from the same address were
     */
    public Credential authorize(Request request, Route route, @Nullable String inAddress) {
        if (tokens == null) {
            return LOCAL;
        }
        if (route.role() == Role.ANYONE) {
            return NOBODY;
        }
        HttpFields headers = request.getHeaders();
        String secret = header(headers)
                .or(() -> route.socket() ? socketToken(headers, inAddress) : Optional.empty())
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHORIZED, "The request has no token."));
        Credential caller = tokens.find(secret).orElseThrow(() -> wrong(request, "The token is unknown."));
        if (!caller.isInForce()) {
            throw wrong(request, "The token has expired or was revoked.");
        }
        Role role = caller.principal().role();
        if (!role.covers(route.role()) && !(role == Role.WORKER && Reach.isReadByWorkers(route))) {
            throw new ForbiddenException(
                    caller.principal(),
                    "This needs the role " + route.role().wireName() + "; the token has " + role.wireName() + ".");
        }
        return caller;
    }

    private RuntimeException wrong(Request request, String detail) {
        Duration delay = wrong.count(request.getConnectionMetaData().getRemoteSocketAddress());
        return delay.isZero()
                ? new ProblemException(ProblemCode.UNAUTHORIZED, detail)
                : new SlowedException(
                        new ProblemException(
                                ProblemCode.WRONG_TOKENS, detail + " Too many wrong ones came from this address."),
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

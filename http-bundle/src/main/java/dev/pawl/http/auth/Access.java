package dev.pawl.http.auth;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who calls and whether they may. */
public final class Access {

    /** What a WebSocket client offers as a protocol in front of its token, beside {@code pawl}. */
    public static final String PROTOCOL_TOKEN = "pawl.token.";

    private static final String SCHEME = "bearer ";

    private final @Nullable Tokens tokens;

    private Access(@Nullable Tokens tokens) {
        this.tokens = tokens;
    }

    /** Callers show a token. */
    public static Access by(Tokens tokens) {
        return new Access(tokens);
    }

    /** Everybody may do everything: for a server that only this machine reaches. */
    public static Access open() {
        return new Access(null);
    }

    /**
     * Says who calls.
     *
     * @param socket whether it is a WebSocket's request, whose token may stand in its address or among its protocols, because
     *     web pages cannot give it a header
     * @throws ProblemException when they may not do what takes that role
     */
    public Caller authorize(HttpServletRequest request, Role needed, boolean socket) {
        if (tokens == null) {
            return Caller.LOCAL;
        }
        if (needed == Role.ANYONE) {
            return Caller.NOBODY;
        }
        String token = header(request)
                .or(() -> socket ? socketToken(request) : Optional.empty())
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHORIZED, "The request has no token."));
        Caller caller = tokens.caller(token)
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHORIZED, "The token is not known."));
        if (!caller.role().covers(needed)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "This takes the role " + needed.wireName() + "; the token has "
                            + caller.role().wireName() + ".");
        }
        return caller;
    }

    private static Optional<String> header(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> socketToken(HttpServletRequest request) {
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null) {
            for (String protocol : protocols.split(",", -1)) {
                if (protocol.strip().startsWith(PROTOCOL_TOKEN)) {
                    return Optional.of(protocol.strip().substring(PROTOCOL_TOKEN.length()));
                }
            }
        }
        return Optional.ofNullable(request.getParameter("token"));
    }
}

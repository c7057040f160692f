package dev.pawl.http.session;

import dev.pawl.http.auth.CookieCredentials;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.auth.OwnPage;
import dev.pawl.http.auth.TokenHash;
import dev.pawl.http.auth.TokenSecret;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;

/**
 * The sessions of browsers, in memory alone: a restart ends them all, so that none comes back whose token was revoked meanwhile, and none is
 * worth stealing from the disk. Only hashes of the cookies are kept. Safe for use by several threads.
 */
public final class Sessions implements CookieCredentials {

    /** The time without a request after which a session ends. */
    public static final Duration IDLE = Duration.ofHours(8);

    /** The longest that a session lasts which was opened with a token. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /** The longest that a session lasts which was opened by an issuer, who cannot tell the server that a person has left. */
    public static final Duration LONGEST_OF_ISSUER = Duration.ofHours(8);

    /** The most sessions of one identity; for more, the one that was not used for the longest time ends. */
    static final int MOST_OF_ONE = 50;

    /** The most sessions in all, likewise. */
    static final int MOST = 2_000;

    private final LongSupplier nanoTime;
    private final Map<TokenHash, Session> byHash = new ConcurrentHashMap<>();

    public Sessions() {
        this(System::nanoTime);
    }

    /** Creates an instance with a clock that a test controls. */
    Sessions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<Credential> find(Request request, boolean changing) {
        Optional<String> secret = BrowserCookie.SESSION.read(request);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        Session session = find(secret.get())
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.UNAUTHORIZED, "The session has ended; sign in again."));
        if (changing) {
            OwnPage.require(request);
        } else {
            OwnPage.refuseOthers(request);
        }
        session.used();
        return Optional.of(session);
    }

    /** The session of a cookie; empty when it is unknown or has ended. */
    Optional<Session> find(String secret) {
        return Optional.ofNullable(byHash.get(TokenHash.of(secret))).filter(Session::isInForce);
    }

    /** The basis of sessions that stand for a credential; that of a session lasts no longer than the session. */
    public SessionBasis basis(Credential credential) {
        return credential instanceof Session session ? session.basis() : basis(credential, LONGEST);
    }

    /** The basis of sessions that stand for a credential, and last for at most a time. */
    public SessionBasis basis(Credential credential, Duration atMost) {
        return new SessionBasis(credential, nanoTime.getAsLong() + atMost.toNanos());
    }

    /** Opens a session, always with a new secret. */
    public synchronized OpenedSession open(SessionBasis basis) {
        byHash.values().removeIf(session -> !session.isInForce());
        String id = basis.credential().principal().id();
        endOldest(MOST_OF_ONE, session -> session.principal().id().equals(id));
        endOldest(MOST, session -> true);
        String secret = TokenSecret.randomText();
        var session = new Session(basis, nanoTime);
        byHash.put(TokenHash.of(secret), session);
        return new OpenedSession(session.principal(), secret, Duration.ofNanos(basis.endsAt() - nanoTime.getAsLong()));
    }

    /** Makes room for one more among sessions of which there may be only so many. */
    private void endOldest(int most, Predicate<Session> among) {
        long now = nanoTime.getAsLong();
        if (byHash.values().stream().filter(among).count() >= most) {
            byHash.entrySet().stream()
                    .filter(entry -> among.test(entry.getValue()))
                    .min(Comparator.comparingLong(entry -> entry.getValue().usedAt() - now))
                    .map(Map.Entry::getKey)
                    .ifPresent(this::close);
        }
    }

    /** Closes the session of a request; returns it unless it had ended, or the request has none. */
    public Optional<Session> close(Request request) {
        return BrowserCookie.SESSION.read(request).flatMap(secret -> close(TokenHash.of(secret)));
    }

    private Optional<Session> close(TokenHash hash) {
        Session session = byHash.remove(hash);
        if (session == null || !session.isInForce()) {
            return Optional.empty();
        }
        session.close();
        return Optional.of(session);
    }
}

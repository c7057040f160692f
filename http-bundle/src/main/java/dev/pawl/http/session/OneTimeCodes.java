package dev.pawl.http.session;

import dev.pawl.http.auth.TokenHash;
import dev.pawl.http.auth.TokenSecret;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Codes that each open one session, once and soon. They carry a caller from the command line into a browser without showing it the token. In
 * memory alone, as hashes. Safe for use by several threads.
 */
public final class OneTimeCodes {

    /** The time in which a code can be spent. */
    public static final Duration VALID = Duration.ofSeconds(60);

    /** The most codes that nobody has spent yet; for more, the oldest one ends. */
    static final int MOST = 1_000;

    /** The most of one identity, likewise. */
    static final int MOST_OF_ONE = 20;

    private final LongSupplier nanoTime;
    private final Map<TokenHash, Code> byHash = new ConcurrentHashMap<>();

    private record Code(SessionBasis basis, long endsAt) {

        String owner() {
            return basis.credential().principal().id();
        }
    }

    public OneTimeCodes() {
        this(System::nanoTime);
    }

    /** Creates an instance with a clock that a test controls. */
    OneTimeCodes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Makes a code. */
    public synchronized String make(SessionBasis basis) {
        long now = nanoTime.getAsLong();
        byHash.values().removeIf(code -> hasEnded(code, now));
        var made = new Code(basis, now + VALID.toNanos());
        endOldest(MOST_OF_ONE, made.owner(), now);
        endOldest(MOST, null, now);
        String secret = TokenSecret.randomText();
        byHash.put(TokenHash.of(secret), made);
        return secret;
    }

    /** Spends a code: of several who try at the same moment, one gets its basis. Empty when it is unknown, spent or too old. */
    public Optional<SessionBasis> spend(String secret) {
        return Optional.ofNullable(byHash.remove(TokenHash.of(secret)))
                .filter(code -> !hasEnded(code, nanoTime.getAsLong()))
                .map(Code::basis);
    }

    private static boolean hasEnded(Code code, long now) {
        return now - code.endsAt() >= 0;
    }

    private void endOldest(int most, @Nullable String owner, long now) {
        var among = byHash.entrySet().stream()
                .filter(entry -> owner == null || entry.getValue().owner().equals(owner))
                .sorted(Comparator.comparingLong(entry -> entry.getValue().endsAt() - now))
                .map(Map.Entry::getKey)
                .toList();
        if (among.size() >= most) {
            byHash.remove(among.get(0));
        }
    }
}

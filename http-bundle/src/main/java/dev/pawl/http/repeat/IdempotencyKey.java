package dev.pawl.http.repeat;

import dev.pawl.http.condition.Digest;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Actor;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** The header by which a client names a request that it may repeat. A key counts for its caller and route alone. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** The greatest number of characters. */
    public static final int LONGEST = 255;

    /** The least number of characters where it seals the answer: 128 random bits in Base64. */
    public static final int SHORTEST_SEAL = 22;

    private IdempotencyKey() {}

    /** The key of a request; empty when it has none. */
    static Optional<String> of(HttpFields headers) {
        if (!headers.contains(HEADER)) {
            return Optional.empty();
        }
        List<String> keys = headers.getValuesList(HEADER);
        if (keys.size() != 1) {
            throw malformed("is given " + keys.size() + " times");
        }
        String key = keys.get(0);
        if (key.isEmpty() || key.length() > LONGEST) {
            throw malformed("has " + key.length() + " characters");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw malformed("has a character that is not visible ASCII");
        }
        return Optional.of(key);
    }

    /** The text under which the answer to a caller's request is kept. */
    static String scoped(String key, Actor caller, Route route) {
        return new Digest()
                .with(caller.id())
                .with(route.method())
                .with(route.template())
                .with(key)
                .text();
    }

    private static ProblemException malformed(String what) {
        return new ProblemException(
                ProblemCode.MALFORMED,
                "The header " + HEADER + " " + what + "; it takes 1 to " + LONGEST
                        + " characters of visible ASCII, once.");
    }
}

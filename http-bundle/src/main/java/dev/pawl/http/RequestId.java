package dev.pawl.http;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request, by which its answer, its lines in the log and its entry in the audit are found: the one that the client gives when it
 * is safe to repeat, else a number after a random text of this process, of which the audit keeps only the digits that change.
 */
final class RequestId {

    /** The header of requests and answers. */
    static final String HEADER = "X-Request-Id";

    private static final int LONGEST = 128;
    private static final String SAFE = "-_.~:+/=@";

    private static final String PROCESS =
            Long.toString(ThreadLocalRandom.current().nextLong(1L << 36), Character.MAX_RADIX) + "-";
    private static final AtomicLong NEXT = new AtomicLong(1);

    private RequestId() {}

    /** The id of a request with these headers; each call makes another one when the client has given none. */
    static String of(HttpFields headers) {
        String given = headers.get(HEADER);
        return isSafe(given) ? given : PROCESS + Long.toString(NEXT.getAndIncrement(), Character.MAX_RADIX);
    }

    private static boolean isSafe(@Nullable String id) {
        return id != null
                && !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars().allMatch(RequestId::isSafe);
    }

    private static boolean isSafe(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || SAFE.indexOf(c) >= 0;
    }
}

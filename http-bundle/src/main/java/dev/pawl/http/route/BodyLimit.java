package dev.pawl.http.route;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;

/**
 * How large a body may be and how long it may take to come, so that neither a large nor a slow one holds memory or disk for long.
 *
 * @param largest in bytes
 * @param slowest from the request's headers to the body's end
 */
public record BodyLimit(long largest, Duration slowest) {

    /** The limit for JSON. */
    public static final BodyLimit JSON = new BodyLimit(4 << 20, Duration.ofSeconds(60));

    /** Refuses a size, announced or come. */
    public void checkSize(long size) {
        if (size > largest) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The body is larger than " + (largest >> 20) + " MiB, the most this takes.");
        }
    }

    /** The problem when the time is over. */
    ProblemException tooSlow() {
        return new ProblemException(
                ProblemCode.TOO_SLOW, "The body did not arrive within " + slowest.toSeconds() + " s.");
    }
}

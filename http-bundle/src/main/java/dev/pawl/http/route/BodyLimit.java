package dev.pawl.http.route;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;

/**
 * The limits for the size of a body and the time of its arrival, so that neither a large nor a slow one occupies memory or disk for long.
 *
 * @param largest the greatest size in bytes
 * @param slowest the longest time from the request's headers to the body's end
 */
public record BodyLimit(long largest, Duration slowest) {

    /** The limit for JSON. */
    public static final BodyLimit JSON = new BodyLimit(4 << 20, Duration.ofSeconds(60));

    /** Refuses a size that is too large, announced or received. */
    public void checkSize(long size) {
        if (size > largest) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "The body is larger than " + (largest >> 20) + " MiB, the limit of this route.");
        }
    }

    /** The problem for a body that took too long. */
    ProblemException tooSlow() {
        return new ProblemException(
                ProblemCode.TOO_SLOW, "The body did not arrive within " + slowest.toSeconds() + " s.");
    }
}

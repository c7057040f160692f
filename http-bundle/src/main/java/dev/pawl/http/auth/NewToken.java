package dev.pawl.http.auth;

import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Role;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;

/**
 * A request for a token.
 *
 * @param name its name for people and for histories
 * @param role its role
 * @param bounds its bounds
 * @param expiresIn the time after which it ends; empty for never
 */
public record NewToken(String name, Role role, Bounds bounds, Optional<Duration> expiresIn) {

    /** The longest time until a token ends. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /** The most modules of a token. */
    public static final int MOST_MODULES = 100;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public NewToken {
        if (!TextLimit.ID.fits(name) || name.chars().anyMatch(Character::isISOControl)) {
            throw malformed("name has " + name.length() + " characters; it takes 1 to " + TextLimit.ID.characters()
                    + ", not all of them blank and none of them a control character.");
        }
        if (bounds.modules().size() > MOST_MODULES || !bounds.modules().stream().allMatch(TextLimit.ID::fits)) {
            throw malformed("modules takes up to " + MOST_MODULES + " ids of modules, each of 1 to "
                    + TextLimit.ID.characters() + " characters.");
        }
        if (role == Role.WORKER && bounds.ownJobs()) {
            throw malformed("own_jobs is true; a worker starts no jobs, and sees only those that it holds anyway.");
        }
        expiresIn.ifPresent(time -> {
            if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
                throw malformed("expires_in is " + time.toSeconds() + " s; it takes 1s to " + LONGEST.toDays() + "d.");
            }
        });
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}

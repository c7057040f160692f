package dev.pawl.http.auth;

import dev.pawl.service.problem.ProblemException;
import java.time.Duration;

/** Thrown when a request has a wrong token, and so many others from its address had too, that its answer should come late. */
public final class SlowedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemException problem;
    private final Duration delay;

    SlowedException(ProblemException problem, Duration delay) {
        super(problem.getMessage(), null, false, false);
        this.problem = problem;
        this.delay = delay;
    }

    /** The answer. */
    public ProblemException problem() {
        return problem;
    }

    /** How late it should be. */
    public Duration delay() {
        return delay;
    }
}

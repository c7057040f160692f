package dev.pawl.http.auth;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;

/** A request that shows no token at all. */
public final class NoTokenException extends ProblemException {

    private static final long serialVersionUID = 1L;

    NoTokenException() {
        super(ProblemCode.UNAUTHORIZED, "The request has no token.");
    }
}

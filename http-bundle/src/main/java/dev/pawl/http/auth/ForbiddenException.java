package dev.pawl.http.auth;

import dev.pawl.service.access.Principal;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;

/** A request whose caller is known and lacks the role. */
public final class ForbiddenException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final transient Principal caller;

    ForbiddenException(Principal caller, String detail) {
        super(ProblemCode.FORBIDDEN, detail);
        this.caller = caller;
    }

    /** The one who asked. */
    public Principal caller() {
        return caller;
    }
}

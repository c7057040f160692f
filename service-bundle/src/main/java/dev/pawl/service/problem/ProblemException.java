package dev.pawl.service.problem;

import dev.pawl.service.data.TextLimit;

/** A request that was refused or could not be carried out, with a stable code and a sentence for people, of bounded length. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    /** @param detail a sentence that says what was wrong, with the name and the value */
    public ProblemException(ProblemCode code, String detail) {
        super(TextLimit.MESSAGE.kept(detail));
        this.code = code;
    }

    /** @param detail a sentence that says what was wrong, with the name and the value */
    public ProblemException(ProblemCode code, String detail, Throwable cause) {
        super(TextLimit.MESSAGE.kept(detail), cause);
        this.code = code;
    }

    /** The code of the problem. */
    public ProblemCode code() {
        return code;
    }
}

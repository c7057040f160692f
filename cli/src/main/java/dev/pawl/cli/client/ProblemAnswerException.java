package dev.pawl.cli.client;

/** Thrown when the server refused a request. */
public final class ProblemAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String remedy;

    /**
     * @param status the HTTP status
     * @param code the stable code, such as {@code PAWL-101}; empty when the answer had none
     * @param detail a sentence that says what was wrong
     * @param remedy what to do about it; empty when the answer does not say
     */
    public ProblemAnswerException(int status, String code, String detail, String remedy) {
        super(detail);
        this.status = status;
        this.code = code;
        this.remedy = remedy;
    }

    /** The same refusal with another remedy. */
    public ProblemAnswerException withRemedy(String other) {
        ProblemAnswerException same = new ProblemAnswerException(status, code, String.valueOf(getMessage()), other);
        same.initCause(this);
        return same;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }
}

package dev.pawl.runtime.start;

/** The start goes on, to no end or to a bad one: the framework can be neither used nor stopped, and what it holds goes with the process. */
public final class HungStartException extends StartException {

    private static final long serialVersionUID = 1L;

    public HungStartException(String message) {
        super(message);
    }
}

package dev.pawl.runtime.start;

/** Thrown when the start hangs: the framework can be neither used nor stopped, and ends only with the process. */
public final class HungStartException extends StartException {

    private static final long serialVersionUID = 1L;

    public HungStartException(String message) {
        super(message);
    }
}

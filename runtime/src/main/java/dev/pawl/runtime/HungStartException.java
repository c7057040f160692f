package dev.pawl.runtime;

/** The start hangs in code that heeds nothing: the framework can be neither used nor stopped, and what it holds goes with the process. */
final class HungStartException extends StartException {

    private static final long serialVersionUID = 1L;

    HungStartException(String message) {
        super(message);
    }
}

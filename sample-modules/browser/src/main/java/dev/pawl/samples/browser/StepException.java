package dev.pawl.samples.browser;

/** Thrown when a step cannot be done, with the reason; whoever knows the step adds its number and the page's address. */
final class StepException extends Exception {

    private static final long serialVersionUID = 1L;

    StepException(String reason) {
        super(reason);
    }
}

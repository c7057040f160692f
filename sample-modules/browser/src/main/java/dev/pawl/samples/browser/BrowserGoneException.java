package dev.pawl.samples.browser;

/** Thrown when a browser or its page has died while a task used it. Another browser may do better. */
final class BrowserGoneException extends Exception {

    private static final long serialVersionUID = 1L;

    BrowserGoneException(String message) {
        super(message);
    }
}

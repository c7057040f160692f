package dev.pawl.samples.transform;

/** An input whose records cannot be told apart any further; its message continues the sentence "… is broken at line n: ". */
final class BrokenInputException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenInputException(String message) {
        super(message);
    }
}

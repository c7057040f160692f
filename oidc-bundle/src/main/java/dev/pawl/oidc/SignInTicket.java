package dev.pawl.oidc;

/**
 * The memory of a sign-in until the browser comes back from the issuer, kept by the browser itself.
 *
 * @param state the random text that comes back with the browser
 * @param nonce the random text that comes back within the ID token
 * @param verifier the random text that proves, to the issuer, that the one who began exchanges the code (RFC 7636)
 * @param returnTo the local path to which the browser goes in the end; empty for the first page
 * @param endsAt the time until which it can be finished
 */
record SignInTicket(String state, String nonce, String verifier, String returnTo, long endsAt) {

    private static final int PARTS = 5;

    /** The ticket as text. None of its parts holds a line break. */
    String text() {
        return String.join("\n", state, nonce, verifier, returnTo, Long.toString(endsAt));
    }

    /** Reads a text that {@link #text} has written. */
    static SignInTicket of(String text) {
        String[] parts = text.split("\n", PARTS);
        return new SignInTicket(parts[0], parts[1], parts[2], parts[3], Long.parseLong(parts[4]));
    }
}

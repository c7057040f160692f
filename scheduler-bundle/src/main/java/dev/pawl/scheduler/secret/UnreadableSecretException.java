package dev.pawl.scheduler.secret;

/** A secret value cannot be had; the message says which, why and what to do. */
public final class UnreadableSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableSecretException(String message) {
        super(message);
    }
}

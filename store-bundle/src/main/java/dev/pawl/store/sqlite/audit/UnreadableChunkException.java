package dev.pawl.store.sqlite.audit;

/** A chunk of the audit log that does not hold what was written. */
final class UnreadableChunkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableChunkException(Throwable cause) {
        super("The chunk cannot be read.", cause);
    }
}

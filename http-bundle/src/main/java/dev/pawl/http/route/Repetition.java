package dev.pawl.http.route;

/** The outcome of a request that is repeated with the same {@code Idempotency-Key}. */
public enum Repetition {
    /** It is carried out again; the key is ignored. */
    AGAIN,
    /** It gets the first answer, which is kept after the handler has given it. */
    KEPT,
    /** It gets the first answer, which holds a secret and is kept so that only the request's key opens it. */
    SEALED,
    /** It gets the first answer, which the handler keeps, together with what it makes. */
    BY_HANDLER
}

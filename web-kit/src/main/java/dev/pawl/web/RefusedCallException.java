package dev.pawl.web;

import java.io.IOException;

/** A call that is not made, or not followed to its end, and that would fare no better when repeated. */
public final class RefusedCallException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The reasons for which a call is refused. */
    public enum Reason {
        /** The URL or the request is malformed, or of a kind that is not called. */
        URL,
        /** The host is not among the allowed ones. */
        HOST,
        /** The host leads to an address that is not public. */
        ADDRESS,
        /** The answer passes a limit, or cannot be read. */
        ANSWER,
        /** The proxy is not configured for this call, or refuses it. */
        PROXY
    }

    private final Reason reason;

    /** @param message a sentence for people */
    public RefusedCallException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason, by which callers add what to do. */
    public Reason reason() {
        return reason;
    }
}

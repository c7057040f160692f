package dev.pawl.http.route;

import java.io.IOException;

/** Tells that a request's body ended before it was whole: its client went away, or broke the framing. */
public final class BodyBrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyBrokenException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}

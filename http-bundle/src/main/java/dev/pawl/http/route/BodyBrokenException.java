package dev.pawl.http.route;

import java.io.IOException;

/** Thrown when a request's body ended before it was complete: the client disconnected, or the framing is broken. */
public final class BodyBrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyBrokenException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}

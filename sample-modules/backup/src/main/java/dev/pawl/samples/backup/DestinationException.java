package dev.pawl.samples.backup;

import java.io.IOException;

/** A failure to write what is restored; an {@link IOException} so that receivers can throw it, but none of the archive. */
final class DestinationException extends IOException {

    private static final long serialVersionUID = 1L;

    DestinationException(String message, IOException cause) {
        super(message, cause);
    }
}

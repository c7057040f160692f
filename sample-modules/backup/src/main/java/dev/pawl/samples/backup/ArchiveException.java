package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import java.io.IOException;

/** A failure to write the archive itself, such as a full disk; an {@link IOException} so that it is not taken for one of an entry. */
final class ArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    private final IOException reason;

    ArchiveException(IOException reason) {
        super(reason);
        this.reason = reason;
    }

    /** The failure of the job. */
    RunException failure() {
        return new RunException("The archive could not be written: " + Reason.of(reason) + ".", reason);
    }
}

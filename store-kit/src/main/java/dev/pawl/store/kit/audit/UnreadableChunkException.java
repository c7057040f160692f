package dev.pawl.store.kit.audit;

import dev.pawl.store.kit.audit.ChunkDecoder.Written;
import java.util.List;

/** A chunk of the audit log that does not hold what was written. */
final class UnreadableChunkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Written> before;

    UnreadableChunkException(List<Written> before, Throwable cause) {
        super("The chunk cannot be read.", cause);
        this.before = List.copyOf(before);
    }

    /** The entries before the first that cannot be read. */
    List<Written> before() {
        return before;
    }
}

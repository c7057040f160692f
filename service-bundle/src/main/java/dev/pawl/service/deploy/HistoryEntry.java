package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a bundle's history: a change that was made or attempted.
 *
 * @param at when it ended
 * @param by the user on whose behalf, cut to {@link TextLimit#NAME}
 * @param bundle the symbolic name
 * @param modules the ids of the modules that the bundle held before or holds now, in order
 * @param action the requested change
 * @param from the previous version; null when there was none
 * @param to the new version, or the one that was attempted; null for a removal
 * @param sha256 the digest of the artifact that was installed, attempted or removed
 * @param outcome how it ended
 * @param detail a sentence that says why it was refused or failed, or why the server did it by itself, cut to {@link TextLimit#MESSAGE};
 *         empty when it was requested and succeeded
 */
public record HistoryEntry(
        Instant at,
        String by,
        String bundle,
        List<String> modules,
        Action action,
        @Nullable String from,
        @Nullable String to,
        String sha256,
        Outcome outcome,
        String detail) {

    public HistoryEntry {
        by = TextLimit.NAME.kept(by);
        modules = List.copyOf(modules);
        detail = TextLimit.MESSAGE.kept(detail);
    }

    /** The kinds of changes. */
    public enum Action {
        INSTALL,
        UPDATE,
        UNINSTALL,
        ENABLE,
        DISABLE,
        ROLLBACK,
        /** A version that was held on its first server goes on to the others. */
        PROMOTE,
        /** A version that was rolled out is on all servers. */
        ROLL_OUT
    }

    /** The outcomes of a change. */
    public enum Outcome {
        /** It took effect. */
        DONE,
        /** It was refused before anything was changed. */
        REFUSED,
        /** It was attempted and rolled back. */
        FAILED
    }
}

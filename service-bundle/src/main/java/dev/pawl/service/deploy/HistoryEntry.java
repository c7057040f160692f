package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of what was done, or tried, with a bundle.
 *
 * @param at when it ended
 * @param by on whose behalf, kept to {@link TextLimit#NAME}
 * @param bundle the symbolic name
 * @param modules the ids of the modules that the bundle held before or holds now, in order
 * @param action what was asked for
 * @param from the version before; null when there was none
 * @param to the version after, or the one that was tried; null for a removal
 * @param sha256 the digest of the artifact that came, was tried or went
 * @param outcome how it ended
 * @param detail why it was refused or failed, or why the server did it by itself, as a sentence kept to
 *     {@link TextLimit#MESSAGE}; empty when it was asked for and done
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

    /** What was asked for. */
    public enum Action {
        INSTALL,
        UPDATE,
        UNINSTALL,
        ENABLE,
        DISABLE,
        ROLLBACK
    }

    /** How it ended. */
    public enum Outcome {
        /** It took effect. */
        DONE,
        /** It was judged and never tried. */
        REFUSED,
        /** It was tried and undone. */
        FAILED
    }
}

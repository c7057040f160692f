package dev.pawl.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of the running jobs of a module that changes. */
final class UpdateOptions {
    /** The words on the wire. */
    enum Mode {
        /** They pause at a checkpoint and go on from it. */
        MOVE,
        /** They end where they run. */
        FINISH,
        /** They are interrupted at once. */
        NOW
    }

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "What becomes of running jobs: move pauses each at its next checkpoint (the default), finish lets"
                            + " them end, now interrupts them.")
    private @Nullable Mode mode;

    Query addTo(Query query) {
        return mode == null ? query : query.with("mode", mode.name().toLowerCase(Locale.ROOT));
    }
}

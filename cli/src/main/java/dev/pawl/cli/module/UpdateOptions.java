package dev.pawl.cli.module;

import dev.pawl.cli.input.Query;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for changes of a module and for its running jobs. */
final class UpdateOptions {
    /** The words on the wire. */
    enum Mode {
        /** They are parked at a checkpoint and resume from it. */
        MOVE,
        /** They run to their end. */
        FINISH,
        /** They are interrupted at once. */
        NOW
    }

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "What happens to running jobs: move parks each at its next checkpoint (the default), finish "
                    + "lets them end, now interrupts them.")
    private @Nullable Mode mode;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            description = "With --mode move: how long to wait for the jobs' checkpoints, at most 1h. Default: 30s.")
    private String drainTimeout = "";

    @Option(names = "--dry-run", description = "Says what would happen, and changes nothing.")
    private boolean dryRun;

    Query addTo(Query query) {
        return query.with("mode", mode == null ? "" : mode.name().toLowerCase(Locale.ROOT))
                .with("dry_run", dryRun ? "true" : "")
                .with("drain_timeout", drainTimeout);
    }

    /** Whether it is a dry run. */
    boolean isDryRun() {
        return dryRun;
    }
}

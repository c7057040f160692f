package dev.pawl.cli.job;

import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code pawl jobs} that do something with the jobs instead of listing them. */
final class ActionOptions {
    private static final Range PRIORITY = new Range(-1_000, 1_000);

    @Option(names = "--stop", description = "Stops the jobs.")
    private boolean stop;

    @Option(names = "--retry", description = "Runs the failed or stopped jobs again, as new ones.")
    private boolean retry;

    @Option(names = "--remove", description = "Removes the jobs with their logs and results.")
    private boolean remove;

    @Option(
            names = "--priority",
            paramLabel = "NUMBER",
            description = "Gives the waiting jobs another priority, -1000 to 1000; higher goes first.")
    private @Nullable Integer priority;

    @Option(names = "--dry-run", description = "With one of these: only counts the jobs.")
    private boolean dryRun;

    @Option(names = "--yes", description = "With one of these: does not ask.")
    private boolean meant;

    @Option(names = "--detach", description = "With one of these: has a job of the server do it, and prints its id.")
    private boolean detach;

    /** The action on the wire; empty to list the jobs. */
    Optional<String> action() throws UsageException {
        List<String> actions = new ArrayList<>();
        if (stop) {
            actions.add("stop");
        }
        if (retry) {
            actions.add("retry");
        }
        if (remove) {
            actions.add("remove");
        }
        if (priority != null) {
            PRIORITY.check("--priority", priority);
            actions.add("prioritize");
        }
        if (actions.size() > 1) {
            throw new UsageException("Give one of --stop, --retry, --remove and --priority.");
        }
        if (actions.isEmpty() && (dryRun || meant || detach)) {
            throw new UsageException(
                    "--dry-run, --yes and --detach belong to --stop, --retry, --remove or --priority.");
        }
        return actions.stream().findFirst();
    }

    @Nullable
    Integer priority() {
        return priority;
    }

    boolean isDryRun() {
        return dryRun;
    }

    boolean isMeant() {
        return meant;
    }

    boolean detaches() {
        return detach;
    }
}

package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Colour;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the queue, and contains the commands that change it. */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Shows the waiting jobs in order; pauses the queue.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl queue", "  pawl queue pause"})
public final class QueueCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 10_000);

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of jobs, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    private QueueCommand(Invocation invocation) {
        super(invocation);
    }

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new QueueCommand(invocation))
                .addSubcommand(new Pause(invocation))
                .addSubcommand(new Resume(invocation))
                .addSubcommand(new Clear(invocation));
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        return show(api.get("/queue?limit=" + limit), this::list);
    }

    private void list(JsonNode queue) {
        if (queue.path("attributes").path("disabled").asBoolean()) {
            screen().line(screen().paint(Colour.YELLOW, "The queue is paused; `pawl queue resume` resumes it."));
        }
        screen().table(JobTable.of(queue.path("queue"), times()), "No waiting jobs.");
        int more = queue.path("entries").asInt() - queue.path("queue").size();
        if (more > 0) {
            screen().line(screen().paint(Colour.DIM, more + " more are waiting."));
        }
    }

    /** Pauses the queue. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Pauses the start of jobs; running jobs continue.",
            footerHeading = "%nExample:%n",
            footer = "  pawl queue pause")
    static final class Pause extends ApiCommand {
        Pause(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.patch("/queue", JsonTrees.object().put("disabled", true)), attributes -> screen().line(
                            "The queue is paused."));
        }
    }

    /** Resumes the queue. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Resumes the start of jobs.",
            footerHeading = "%nExample:%n",
            footer = "  pawl queue resume")
    static final class Resume extends ApiCommand {
        Resume(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.patch("/queue", JsonTrees.object().put("disabled", false)), attributes -> screen().line(
                            "The queue is resumed."));
        }
    }

    /** Removes the waiting jobs. */
    @Command(
            name = "clear",
            mixinStandardHelpOptions = true,
            description = "Removes all waiting jobs.",
            footerHeading = "%nExample:%n",
            footer = "  pawl queue clear --yes")
    static final class Clear extends ApiCommand {
        @Option(names = "--yes", required = true, description = "Says that this is meant: nothing brings them back.")
        private boolean meant;

        Clear(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            if (!meant) {
                throw new UsageException("With --yes=false the queue is not changed.");
            }
            return show(api.delete("/queue"), nothing -> screen().line("The waiting jobs are removed."));
        }
    }
}

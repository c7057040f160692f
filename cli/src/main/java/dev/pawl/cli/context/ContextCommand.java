package dev.pawl.cli.context;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Context;
import dev.pawl.cli.command.ContextFile;
import dev.pawl.cli.command.Contexts;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the servers that the user has logged in to, and contains the commands that choose among them. */
@Command(
        name = "context",
        mixinStandardHelpOptions = true,
        description = "Lists the servers that `pawl login` knows, and chooses among them.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl context", "  pawl context use home"})
public final class ContextCommand implements Callable<Integer> {
    private final Invocation invocation;

    private ContextCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new ContextCommand(invocation))
                .addSubcommand(new List(invocation))
                .addSubcommand(new Use(invocation))
                .addSubcommand(new Show(invocation))
                .addSubcommand(new Remove(invocation));
    }

    @Override
    public Integer call() throws UsageException {
        return new List(invocation).call();
    }

    private static ObjectNode tree(Context context, Contexts all) {
        return JsonTrees.object()
                .put("name", context.name())
                .put("server", context.server().toString())
                .put("current", context.name().equals(all.current()))
                .put("token", !context.token().isEmpty());
    }

    /** Lists the contexts. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the servers; the current one has a star.",
            footerHeading = "%nExample:%n",
            footer = "  pawl context list")
    static final class List implements Callable<Integer> {
        @Mixin
        private final OutputOption output = new OutputOption();

        private final Invocation invocation;

        List(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws UsageException {
            output.prepare(invocation.screen());
            Contexts contexts = ContextFile.of(invocation.environment()).read();
            ObjectNode json = JsonTrees.object();
            ArrayNode listed = json.putArray("contexts");
            contexts.all().forEach(context -> listed.add(tree(context, contexts)));
            output.show(json, invocation.screen(), shown -> table(contexts));
            return ExitCode.OK;
        }

        private void table(Contexts contexts) {
            Table table = new Table()
                    .column("", Fit.WHOLE)
                    .column("NAME", Fit.FLEXIBLE)
                    .column("SERVER", Fit.FLEXIBLE);
            contexts.all()
                    .forEach(context -> table.row(
                            Cell.of(context.name().equals(contexts.current()) ? "*" : " "),
                            new Cell(context.name(), Colour.BOLD),
                            Cell.of(context.server())));
            invocation.screen().table(table, "No contexts. `pawl login URL` makes one.");
        }
    }

    /** Makes a context the current one. */
    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = "Lets all commands use a server, until another is chosen.",
            footerHeading = "%nExamples:%n",
            footer = {"  pawl context use home", "  pawl context use --none"})
    static final class Use implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", arity = "0..1", description = "The context's name.")
        private String name = "";

        @Option(names = "--none", description = "Uses no context, but the server of this machine.")
        private boolean none;

        private final Invocation invocation;

        Use(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws UsageException {
            if (name.isEmpty() != none) {
                throw new UsageException("Give the name of a context, or --none.");
            }
            ContextFile file = ContextFile.of(invocation.environment());
            Contexts contexts = file.read();
            String said = none ? "No context is current." : "The context is " + contexts.named(name) + " now.";
            file.write(contexts.using(name));
            invocation.screen().line(said);
            return ExitCode.OK;
        }
    }

    /** Shows a context. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a context, or the current one; never its token.",
            footerHeading = "%nExample:%n",
            footer = "  pawl context show")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", arity = "0..1", description = "Its name. Default: the current one.")
        private String name = "";

        @Mixin
        private final OutputOption output = new OutputOption();

        private final Invocation invocation;

        Show(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws UsageException {
            Contexts contexts = ContextFile.of(invocation.environment()).read();
            Context context = name.isEmpty()
                    ? contexts.currentOne().orElseThrow(() -> new UsageException("No context is current."))
                    : contexts.named(name);
            output.show(tree(context, contexts), invocation.screen(), shown -> invocation
                    .screen()
                    .line(context.toString()));
            return ExitCode.OK;
        }
    }

    /** Forgets a context. */
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Forgets a server and its token; the token itself stays valid.",
            footerHeading = "%nExample:%n",
            footer = "  pawl context rm home")
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The context's name.")
        private String name = "";

        private final Invocation invocation;

        Remove(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws UsageException {
            ContextFile file = ContextFile.of(invocation.environment());
            Contexts contexts = file.read();
            Context context = contexts.named(name);
            file.write(contexts.without(name));
            invocation.screen().line("Forgot " + context + ".");
            return ExitCode.OK;
        }
    }
}

package dev.pawl.cli.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.TextSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Contains the commands for the JSON documents that the server keeps for modules. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Lists, reads and writes the JSON documents kept for a module.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl data list", "  pawl data get hello greetings"})
public final class DataCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DataCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new DataCommand())
                .addSubcommand(new DataListCommand(invocation))
                .addSubcommand(new Get(invocation))
                .addSubcommand(new Put(invocation))
                .addSubcommand(new Remove(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: list, get, put or rm.");
    }

    /** The parameters that select a document. */
    static final class Document {
        @Parameters(index = "0", paramLabel = "MODULE", description = "The module's id.")
        private String module = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "The document's name.")
        private String name = "";

        String path() {
            return "/data/" + Api.segment(module) + "/" + Api.segment(name);
        }

        @Override
        public String toString() {
            return name + " of " + module;
        }
    }

    /** Reads a document. */
    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Prints a document as JSON.",
            footerHeading = "%nExample:%n",
            footer = "  pawl data get hello greetings")
    static final class Get extends ApiCommand {
        @Mixin
        private final Document document = new Document();

        Get(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            Answer answer = api.get(document.path());
            return show(answer, json -> screen().line(answer.text().stripTrailing()));
        }
    }

    /** Stores a document. */
    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Stores or replaces a document.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  pawl data put hello greetings '{\"formal\": \"Good day\"}'",
                "  pawl data put hello greetings @greetings.json"
            })
    static final class Put extends ApiCommand {
        @Mixin
        private final Document document = new Document();

        @Parameters(index = "2", paramLabel = "JSON", description = "The document, or @FILE, or @- for standard input.")
        private String json = "";

        Put(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            JsonNode body;
            try {
                body = JsonTrees.typed(TextSource.resolve(json));
            } catch (JsonProcessingException e) {
                throw new UsageException("The document is not valid JSON (" + JsonTrees.reason(e)
                        + "); it takes an object such as '{\"a\": 1}', or @FILE.");
            }
            return show(api.post(document.path(), body), nothing -> screen().line("Stored " + document + "."));
        }
    }

    /** Deletes a document. */
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Deletes a document.",
            footerHeading = "%nExample:%n",
            footer = "  pawl data rm hello greetings")
    static final class Remove extends ApiCommand {
        @Mixin
        private final Document document = new Document();

        Remove(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.delete(document.path()), nothing -> screen().line("Deleted " + document + "."));
        }
    }
}

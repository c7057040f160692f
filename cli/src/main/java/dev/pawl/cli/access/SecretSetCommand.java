package dev.pawl.cli.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.TextSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a secret. Its value is never an argument, since other users of the machine see those, and shells keep them. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Sets a secret, or replaces its value.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl secret set smtp.password",
            "  pawl secret set smtp.password --module mail --file password.txt",
            "  openssl rand -base64 32 | pawl secret set signing.key",
            "",
            "The value is asked for, or read from standard input when that is a pipe; a line end at its end is",
            "left out. Nothing shows it again."
        })
final class SecretSetCommand extends ApiCommand {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The secret's name: letters, digits, dots, hyphens and underscores.")
    private String name = "";

    @Option(names = "--file", paramLabel = "FILE", description = "Reads the value from a file; - is standard input.")
    private String file = "";

    @Option(
            names = "--module",
            paramLabel = "ID",
            description =
                    "A module whose jobs may refer to it, several times for several; '*' for all. Without it those "
                            + "of before; settings of modules may always.")
    private List<String> modules = List.of();

    @Option(names = "--no-modules", description = "Lets no jobs refer to it any more.")
    private boolean noModules;

    SecretSetCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        if (noModules && !modules.isEmpty()) {
            throw new UsageException("--no-modules and --module exclude each other.");
        }
        ObjectNode body = JsonTrees.object();
        body.put("value", value());
        if (noModules || !modules.isEmpty()) {
            body.set("modules", JsonTrees.of(modules));
        }
        return show(api.put("/secrets/" + Api.segment(name), body), nothing -> screen().line("Set " + name + "."));
    }

    private String value() throws UsageException {
        String value = file.isEmpty() && invocation().prompt().isPossible()
                ? asked(invocation().prompt())
                : TextSource.resolve("@" + (file.isEmpty() ? "-" : file)).replaceFirst("\\R\\z", "");
        if (value.isEmpty()) {
            throw new UsageException("The value is empty; type it, or give it by --file or standard input.");
        }
        return value;
    }

    /** The value that is typed twice: nobody sees a slip. */
    private static String asked(Prompt prompt) throws UsageException {
        String value = prompt.askSecretly("Value:").orElse("");
        if (!value.equals(prompt.askSecretly("Again:").orElse(""))) {
            throw new UsageException("The two values differ; nothing was set.");
        }
        return value;
    }
}

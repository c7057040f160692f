package dev.pawl.manual.reference;

import dev.pawl.cli.ManPages;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of all commands, made of their own help. */
public final class CommandsPage {

    private static final int WIDTH = 10_000;

    private final StringBuilder page = new StringBuilder(
                    "# Commands\n\nEvery command of `pawl` with its options, as `pawl help COMMAND` shows them.")
            .append(" What they have in common is in [the command line](../command-line.md).\n");

    private CommandsPage() {}

    /** The page. */
    public static String text() {
        var page = new CommandsPage();
        ManPages.commands().getSubcommands().values().forEach(page::add);
        return page.page.toString();
    }

    private void add(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        boolean isTop = spec.parent() != null && spec.parent().parent() == null;
        page.append(isTop ? "\n## " : "\n### ").append(spec.qualifiedName(" ")).append("\n\n");
        page.append(ArgumentText.of(String.join(" ", spec.usageMessage().description())))
                .append('\n');
        if (spec.subcommands().isEmpty()) {
            spec.usageMessage().width(WIDTH);
            String synopsis = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF))
                    .synopsis(0)
                    .strip();
            page.append("\n```\n").append(synopsis).append("\n```\n");
            arguments(spec);
            examples(spec);
        }
        command.getSubcommands().values().forEach(this::add);
    }

    private void arguments(CommandSpec spec) {
        page.append('\n');
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            entry(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            boolean takesValue = option.arity().max() > 0;
            if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
                entry(String.join(", ", option.names()) + (takesValue ? " " + option.paramLabel() : ""), option);
            }
        }
    }

    private void entry(String name, ArgSpec argument) {
        page.append("- `")
                .append(name)
                .append("`: ")
                .append(ArgumentText.of(argument))
                .append('\n');
    }

    private void examples(CommandSpec spec) {
        List<String> lines = List.of(spec.usageMessage().footer());
        if (!lines.isEmpty()) {
            page.append("\n```\n");
            lines.forEach(line -> page.append(line.stripLeading()).append('\n'));
            page.append("```\n");
        }
    }
}

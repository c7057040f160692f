package dev.pawl.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, in the language of man (roff). */
public final class ManPage {
    private static final int WIDTH = 10_000;

    private final CommandSpec command;
    private final List<String> lines = new ArrayList<>();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The name of the page's file, such as {@code pawl-module-list.1}. */
    public static String fileName(CommandSpec command) {
        return title(command) + ".1";
    }

    /**
     * The page.
     *
     * @param version the version of the command
     */
    public static String of(CommandSpec command, String version) {
        ManPage page = new ManPage(command);
        page.write(version);
        return String.join("\n", page.lines) + "\n";
    }

    private static String title(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private void write(String version) {
        String about = String.join(" ", command.usageMessage().description());
        lines.add(".TH \"" + title(command).toUpperCase(Locale.ROOT) + "\" 1 \"\" \"pawl " + version + "\" \"Pawl\"");
        section("NAME");
        lines.add(escaped(title(command) + " - " + about.replaceFirst("\\.$", "")));
        section("SYNOPSIS");
        command.usageMessage().width(WIDTH);
        Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
        lines.add(escaped(help.synopsis(0).strip()));
        section("DESCRIPTION");
        lines.add(escaped(about));
        arguments();
        commands();
        examples();
        section("SEE ALSO");
        lines.add(escaped(command.parent() == null ? "`pawl help COMMAND`" : title(command.parent()) + "(1)"));
    }

    private void arguments() {
        if (!command.positionalParameters().isEmpty()) {
            section("ARGUMENTS");
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                entry(parameter.paramLabel(), described(parameter, parameter.description()));
            }
        }
        section("OPTIONS");
        for (OptionSpec option : command.options()) {
            String names =
                    String.join(", ", option.names()) + (option.arity().max() > 0 ? " " + option.paramLabel() : "");
            entry(names, described(option, option.description()));
        }
    }

    private void commands() {
        if (!command.subcommands().isEmpty()) {
            section("COMMANDS");
            for (Map.Entry<String, CommandLine> one : command.subcommands().entrySet()) {
                CommandSpec sub = one.getValue().getCommandSpec();
                entry(title(sub) + "(1)", String.join(" ", sub.usageMessage().description()));
            }
        }
    }

    private void examples() {
        section("EXAMPLES");
        lines.add(".nf");
        for (String line : command.usageMessage().footer()) {
            lines.add(escaped(line));
        }
        lines.add(".fi");
    }

    private void section(String heading) {
        lines.add(".SH " + heading);
    }

    private void entry(String name, String text) {
        lines.add(".TP");
        lines.add("\\fB" + escaped(name) + "\\fR");
        lines.add(escaped(text));
    }

    private static String described(ArgSpec argument, String[] description) {
        Iterable<String> candidates = argument.completionCandidates();
        return String.join(" ", description)
                .replace("${DEFAULT-VALUE}", argument.defaultValueString())
                .replace("${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates))
                .replace("%n", " ");
    }

    /** Text that man shows as it is: backslashes, dashes and dots at the start of a line mean something else to it. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}

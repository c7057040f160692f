package dev.pawl.shell.line;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The help texts of the shell: our commands in groups, the framework's on request, and one command in full. */
final class ShellHelp {
    private static final String ALL = "--all";
    private static final int NAME_WIDTH = 18;

    private static final Map<String, String> GROUPS = Map.of(
            "job", "Jobs",
            "module", "Modules",
            "queue", "The queue",
            "schedule", "Schedules",
            "worker", "Workers",
            "data", "Documents of modules");

    private static final List<String> ORDER = List.of("job", "module", "queue", "schedule", "worker", "data");

    private final CommandIndex commands;

    ShellHelp(CommandIndex commands) {
        this.commands = commands;
    }

    /** The help for the words after {@code help}; empty when they name no command. */
    String about(String topic) {
        if (topic.isEmpty() || topic.equals(ALL)) {
            return overview(topic.equals(ALL));
        }
        if (ORDER.contains(topic)) {
            return group(topic) + "\n`help " + topic + ":COMMAND` shows a command in full.";
        }
        return commands.find(LineWords.resolved(topic)).map(ShellHelp::full).orElse("");
    }

    private String overview(boolean everything) {
        String own = ORDER.stream().map(this::group).collect(Collectors.joining("\n"));
        String further = commands.all().stream()
                .filter(command -> !command.own())
                .map(ShellCommand::fullName)
                .collect(Collectors.joining(" "));
        return own + "\n`help COMMAND` shows a command in full. "
                + (everything
                        ? "Commands of the framework, for those who know it:\n" + further
                        : "`help --all` also names the framework's commands.");
    }

    private String group(String scope) {
        return GROUPS.getOrDefault(scope, scope) + ":\n"
                + commands.own().stream()
                        .filter(command -> command.scope().equals(scope))
                        .map(ShellHelp::line)
                        .collect(Collectors.joining());
    }

    private static String line(ShellCommand command) {
        String name = command.fullName();
        return "  " + name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())) + command.description() + "\n";
    }

    /** A command in full. */
    static String full(ShellCommand command) {
        String about = command.description().isEmpty() ? "a command of the framework" : command.description();
        String arguments = String.join("\n", command.arguments());
        return command.usage() + "\n  " + about + (arguments.isEmpty() ? "" : "\n" + arguments);
    }
}

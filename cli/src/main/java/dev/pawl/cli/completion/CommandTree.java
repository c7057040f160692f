package dev.pawl.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands, each with its path below the top one. */
final class CommandTree {
    /**
     * One of them.
     *
     * @param path its names from below the top command, separated by spaces; empty for the top command
     */
    record Node(String path, CommandSpec command) {

        /** The options that users see. */
        List<OptionSpec> options() {
            return command.options().stream().filter(option -> !option.hidden()).toList();
        }

        /** The names of its own commands. */
        List<String> commands() {
            return List.copyOf(command.subcommands().keySet());
        }

        /** The sentence that describes it. */
        String about() {
            return String.join(" ", command.usageMessage().description());
        }
    }

    private final List<Node> nodes = new ArrayList<>();

    CommandTree(CommandLine top) {
        add("", top.getCommandSpec());
    }

    List<Node> nodes() {
        return nodes;
    }

    private void add(String path, CommandSpec command) {
        nodes.add(new Node(path, command));
        command.subcommands().forEach((name, line) -> add((path + " " + name).strip(), line.getCommandSpec()));
    }
}

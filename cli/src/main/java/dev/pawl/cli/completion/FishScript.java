package dev.pawl.cli.completion;

import dev.pawl.cli.completion.CommandTree.Node;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish. */
final class FishScript {
    private static final String FUNCTIONS = """
            # The commands that have been typed so far.
            function __pawl_path
                set -l path
                for word in (commandline -opc)[2..-1]
                    if contains -- (string join -- ' ' $path $word) $__pawl_paths
                        set path $path $word
                    end
                end
                string join -- ' ' $path
            end

            function __pawl_at
                set -l path (__pawl_path)
                test "$path" = "$argv"
            end

            # What only a server knows, kept for ten seconds: asking takes a quarter of a second.
            function __pawl_values
                set -l now (date +%s)
                if test "$argv" != "$__pawl_asked"; or test $now -gt (math "$__pawl_when" + 10)
                    set -g __pawl_found (pawl __values $argv 2>/dev/null </dev/null)
                    set -g __pawl_asked "$argv"
                    set -g __pawl_when $now
                end
                string join -- \\n $__pawl_found
            end

            function __pawl_inputs
                for word in (commandline -opc)[3..-1]
                    if not string match -q -- '-*' $word
                        __pawl_values inputs $word
                        return
                    end
                end
            end

            complete -c pawl -e
            """;

    private final List<Node> nodes;

    FishScript(CommandTree tree) {
        nodes = tree.nodes();
    }

    String text() {
        String paths = nodes.stream()
                .map(Node::path)
                .filter(path -> !path.isEmpty())
                .map(FishScript::quoted)
                .collect(Collectors.joining(" "));
        return "set -g __pawl_paths " + paths + "\n\n" + FUNCTIONS
                + nodes.stream().flatMap(FishScript::lines).collect(Collectors.joining("\n")) + "\n";
    }

    private static Stream<String> lines(Node node) {
        String start = "complete -c pawl -n '__pawl_at " + node.path() + "'";
        Stream<String> commands = node.command().subcommands().entrySet().stream()
                .map(entry -> start + " -f -a " + entry.getKey() + " -d "
                        + quoted(String.join(
                                " ",
                                entry.getValue().getCommandSpec().usageMessage().description())));
        ValueKind kind = ValueKind.of(node.command());
        Stream<String> arguments = kind == ValueKind.NONE
                ? Stream.of()
                : Stream.of(start + " -f -a '(__pawl_values " + kind.word() + ")'");
        return Stream.of(commands, arguments, node.options().stream().map(option -> start + option(option)))
                .flatMap(lines -> lines);
    }

    private static String option(OptionSpec option) {
        String names = Stream.of(option.names())
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        String about = option.description().length == 0 ? "" : " -d " + quoted(firstSentence(option.description()[0]));
        if (!ValueKind.takesValue(option)) {
            return names + about;
        }
        ValueKind kind = ValueKind.of(option);
        String words = BashScript.words(option);
        String values = kind == ValueKind.INPUTS
                ? " -f -a '(__pawl_inputs)'"
                : kind != ValueKind.NONE
                        ? " -f -a '(__pawl_values " + kind.word() + ")'"
                        : words.isEmpty() ? "" : " -f -a " + quoted(words);
        return names + " -r" + values + about;
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

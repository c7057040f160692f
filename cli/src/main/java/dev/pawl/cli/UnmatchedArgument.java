package dev.pawl.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains an argument that a command does not take: an unknown command or option, an input without its option, or one too many. */
final class UnmatchedArgument {
    private UnmatchedArgument() {}

    static Failure explain(UnmatchedArgumentException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String argument =
                failure.getUnmatched().isEmpty() ? "" : failure.getUnmatched().get(0);
        List<String> similar = failure.getSuggestions().stream()
                .map(word -> word.startsWith("-") ? word : name + " " + word)
                .toList();
        String remedy = similar.isEmpty()
                ? Failure.helpOf(name)
                : "Did you mean: " + String.join(" or ", similar) + "? " + Failure.helpOf(name);
        if (argument.startsWith("-")) {
            return Failure.usage("`" + name + "` has no option " + argument + ".", remedy);
        }
        boolean takesInputs = command.getCommandSpec().findOption("-i") != null;
        if (takesInputs && argument.indexOf('=') > 0) {
            return Failure.usage(
                    "\"" + argument + "\" is given without an option.",
                    "Inputs are given with -i: " + name + " … -i " + quoted(argument) + " ("
                            + Failure.helpOf(name).replaceFirst("\\.$", ")."));
        }
        return command.getSubcommands().isEmpty()
                ? Failure.usage("\"" + argument + "\" is one argument too many for `" + name + "`.", remedy)
                : Failure.usage("\"" + argument + "\" is not a command of `" + name + "`.", remedy);
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w=./:,@+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}

package dev.pawl.cli;

import java.util.ArrayList;
import java.util.List;

/** The command line that begins with {@code help}: {@code pawl help run} is {@code pawl run --help}. An unknown command stays unknown. */
final class HelpWord {
    private static final String WORD = "help";

    private HelpWord() {}

    /** @param commands the names of the commands */
    static List<String> resolve(List<String> arguments, List<String> commands) {
        if (arguments.isEmpty() || !arguments.get(0).equals(WORD)) {
            return arguments;
        }
        List<String> asked = new ArrayList<>(arguments.subList(1, arguments.size()));
        if (asked.isEmpty() || commands.contains(asked.get(0))) {
            asked.add("--help");
        }
        return asked;
    }
}

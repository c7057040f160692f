package dev.pawl.shell.line;

import java.util.Comparator;
import java.util.Optional;

/** Puts the failures of command lines into sentences, in place of the names of Java's exceptions. */
final class LineFailure {
    private static final String NOT_FOUND = "CommandNotFoundException";
    private static final int NEAR = 3;

    private final CommandIndex commands;

    LineFailure(CommandIndex commands) {
        this.commands = commands;
    }

    /** @param word the first word of the line */
    String sentence(Exception failure, String word) {
        if (failure.getClass().getSimpleName().equals(NOT_FOUND)) { // a class of Gogo that it does not export
            return unknown(word);
        }
        Optional<ShellCommand> command = commands.find(word).filter(ShellCommand::own);
        if (failure instanceof IllegalArgumentException && command.isPresent()) {
            return "The arguments do not fit. " + command.get().usage() + ": "
                    + command.get().description() + ".";
        }
        String message = String.valueOf(failure.getMessage());
        return failure instanceof RuntimeException || message.equals("null") || message.isBlank()
                ? "The command failed: " + failure.getClass().getSimpleName() + ": " + message + "."
                : message;
    }

    private String unknown(String word) {
        String nearest = commands.own().stream()
                .filter(command -> command.name().equals(word) || isNear(command.fullName(), word))
                .map(ShellCommand::fullName)
                .min(Comparator.naturalOrder())
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
        return "There is no command \"" + word + "\"." + nearest + " `help` lists the commands.";
    }

    /** Whether two words begin alike and differ little in length, as misspelt ones do. */
    private static boolean isNear(String name, String word) {
        int common = 0;
        while (common < Math.min(name.length(), word.length()) && name.charAt(common) == word.charAt(common)) {
            common++;
        }
        return common >= NEAR && Math.abs(name.length() - word.length()) <= 2 && common >= name.length() - NEAR;
    }
}

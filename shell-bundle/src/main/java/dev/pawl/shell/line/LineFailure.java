package dev.pawl.shell.line;

import java.util.Comparator;
import java.util.Optional;

/** Puts the failures of command lines into sentences, in place of the names of Java's exceptions. */
final class LineFailure {
    private static final String NOT_FOUND = "CommandNotFoundException";
    private static final int LEAST_COMMON = 3;
    private static final int MOST_WRONG = 2;

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
                .map(ShellCommand::fullName)
                .filter(name -> common(name, word) >= Math.max(LEAST_COMMON, word.length() - MOST_WRONG))
                .max(Comparator.comparingInt(name -> common(name, word)))
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
        return "There is no command \"" + word + "\"." + nearest + " `help` lists the commands.";
    }

    /** The number of letters with which both words begin. */
    private static int common(String name, String word) {
        int common = 0;
        while (common < Math.min(name.length(), word.length()) && name.charAt(common) == word.charAt(common)) {
            common++;
        }
        return common;
    }
}

package dev.pawl.it.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack traces behind answers with 500, read from the servers' error streams. If the server logged no error for a 500, the report
 * says so.
 */
final class ServerErrors {

    private static final String FAULT = "ERROR";
    private static final int MOST_LINES = 60;

    private final Path kept;
    private final Ledger ledger;
    private int answered;
    private int read;

    /** @param kept the file to which they are appended */
    ServerErrors(Path kept, Ledger ledger) {
        this.kept = kept;
        this.ledger = ledger;
    }

    /** Saves the errors that the server of this life logged, if there were answers with 500; returns them, or an empty text. */
    String keep(Life life, String errorStreams) throws IOException {
        String said = errorStreams.substring(Math.min(read, errorStreams.length()));
        read = errorStreams.length();
        List<String> answers = ledger.serverErrors();
        if (answers.size() == answered) {
            return "";
        }
        List<String> stacks = stacks(said.lines().toList());
        String story = "500 in " + life + ":\n  " + String.join("\n  ", answers.subList(answered, answers.size()))
                + "\n" + (stacks.isEmpty() ? "the server logged no error" : String.join("\n", stacks)) + "\n";
        answered = answers.size();
        Files.writeString(kept, story, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return story;
    }

    /** The logged errors, each with its stack trace. */
    static List<String> stacks(List<String> lines) {
        List<String> stacks = new ArrayList<>();
        boolean inStack = false;
        int left = 0;
        for (String line : lines) {
            boolean begins = line.contains(FAULT);
            boolean goesOn = inStack
                    && left > 0
                    && (line.startsWith("\t") || line.startsWith("Caused by: ") || line.matches("[\\w.$]+(: .*)?"));
            if (begins) {
                left = MOST_LINES;
            }
            inStack = begins || goesOn;
            if (inStack) {
                left--;
                stacks.add(line);
            }
        }
        return stacks;
    }
}

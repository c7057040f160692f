package dev.pawl.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Lines that a person types, with editing, history and completion. The only class that loads JLine. */
final class TypedLines implements LineSource {
    private static final String PROMPT = "pawl> ";

    private final Terminal terminal;
    private final LineReader reader;

    /**
     * @param history the file of the history; it has its owner's commands and is for its owner alone
     * @param words the words that complete the beginning of a line, with what they stand for
     */
    TypedLines(Path history, Function<String, List<Map.Entry<String, String>>> words) throws IOException {
        Files.createDirectories(history.toAbsolutePath().getParent());
        terminal = TerminalBuilder.builder().system(true).build();
        reader = LineReaderBuilder.builder()
                .appName("pawl")
                .terminal(terminal)
                .variable(LineReader.HISTORY_FILE, history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // an exclamation mark is one
                .completer((asking, line, candidates) -> words.apply(line.line().substring(0, line.cursor()))
                        .forEach(word -> candidates.add(candidate(word))))
                .build();
    }

    @Override
    public Optional<String> next() {
        try {
            return Optional.of(reader.readLine(PROMPT));
        } catch (EndOfFileException e) {
            return Optional.empty();
        } catch (UserInterruptException e) {
            return Optional.of(""); // Ctrl-C drops the line, as in any shell
        }
    }

    @Override
    public boolean isTyped() {
        return true;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private static Candidate candidate(Map.Entry<String, String> word) {
        String about = word.getValue().isEmpty() ? null : word.getValue();
        boolean whole = !word.getKey().endsWith("=");
        return new Candidate(word.getKey(), word.getKey(), null, about, null, null, whole);
    }
}

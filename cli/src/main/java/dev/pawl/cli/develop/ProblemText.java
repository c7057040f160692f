package dev.pawl.cli.develop;

import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows problems at their place: the file with the line, the line's text, and a mark below the column. */
final class ProblemText {
    private static final int SHOWN = 20;
    private static final int LONGEST_LINE = 200;
    private static final int TAB = 8;

    private final Screen screen;
    private final Path project;

    ProblemText(Screen screen, Path project) {
        this.screen = screen;
        this.project = project;
    }

    /** Shows the first of them, mistakes before warnings. */
    void show(List<Problem> problems) {
        List<Problem> ordered = Stream.concat(
                        problems.stream().filter(Problem::isError),
                        problems.stream().filter(problem -> !problem.isError()))
                .toList();
        ordered.stream().limit(SHOWN).forEach(this::show);
        if (ordered.size() > SHOWN) {
            screen.note("… and " + (ordered.size() - SHOWN) + " more.");
        }
    }

    /** Shows one. */
    void show(Problem problem) {
        String kind = problem.isError() ? screen.paint(Colour.RED, "Error:") : screen.paint(Colour.YELLOW, "Warning:");
        List<String> lines = problem.message().lines().toList();
        screen.note(kind + " " + place(problem) + PlainText.oneLine(lines.isEmpty() ? "" : lines.get(0)));
        source(problem.file(), problem.line()).ifPresent(text -> {
            String shown = withoutTabs(text);
            screen.note("    " + PlainText.oneLine(shown));
            screen.note("    " + " ".repeat(before(problem.column(), shown)) + screen.paint(Colour.GREEN, "^"));
        });
        lines.stream().skip(1).forEach(line -> screen.note("  " + PlainText.oneLine(line)));
    }

    private String place(Problem problem) {
        Path file = problem.file();
        if (file == null) {
            return "";
        }
        Path shown = file.startsWith(project) ? project.relativize(file) : file;
        return screen.paint(Colour.BOLD, shown + (problem.line() > 0 ? ":" + problem.line() : "")) + ": ";
    }

    /** The line with its tabs as spaces, each to the next eighth column, as the compiler counts columns. */
    private static String withoutTabs(String line) {
        StringBuilder spaces = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\t') {
                spaces.append(" ".repeat(TAB - spaces.length() % TAB));
            } else {
                spaces.append(line.charAt(i));
            }
        }
        return spaces.toString();
    }

    /** The number of columns before the mark. */
    private static int before(long column, String text) {
        return column > 0
                ? (int) Math.min(column - 1, text.length())
                : text.length() - text.stripLeading().length();
    }

    /** A line of a file, without its end; none when it is not there any more, or too long to be read by people. */
    private static Optional<String> source(@Nullable Path file, long line) {
        if (file == null || line < 1) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.skip(line - 1).findFirst().filter(text -> text.length() <= LONGEST_LINE);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}

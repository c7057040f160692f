package dev.pawl.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The Markdown of a run, written part by part to a file and to the standard output, so that a run that is cut short leaves what it has. */
final class Report {

    private static final String HEAD = """
            | what | settings | runs | median | range | ratio | budget |
            |---|---|---|---|---|---|---|
            """;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Path file;

    private Report(Path file) {
        this.file = file;
    }

    /** Begins a file, in place of the one of an earlier run, with the machine. */
    static Report begin(Path file, String command) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        Report report = new Report(file);
        report.write("# Performance, as `" + command + "` measured it\n\n" + Machine.describe() + ".\n");
        return report;
    }

    /** Adds what one benchmark measured. */
    void add(Benchmark benchmark, List<Row> rows) throws IOException {
        StringBuilder text = new StringBuilder("\n## " + benchmark.title() + "\n`benchmarks/run " + benchmark.name()
                + "`, load of the machine at the end: " + Machine.load() + "\n\n" + HEAD);
        for (Row row : rows) {
            String figure = row.budget().contains("missed") ? "**" + row.figure() + "**" : row.figure();
            text.append(String.join(
                            " | ",
                            "| " + row.what(),
                            row.settings(),
                            row.runs() == 0 ? "" : Integer.toString(row.runs()),
                            figure,
                            row.range(),
                            row.ratio(),
                            row.budget() + " |"))
                    .append('\n');
        }
        write(text.toString());
    }

    /** Adds that a benchmark could not be run. */
    void addFailure(Benchmark benchmark, Exception failure) throws IOException {
        write("\n## " + benchmark.title() + "\n**Not measured**: `" + benchmark.name() + "` failed with "
                + failure.toString().replaceAll("\\s+", " ") + "\n");
    }

    private void write(String text) throws IOException {
        out.print(text);
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}

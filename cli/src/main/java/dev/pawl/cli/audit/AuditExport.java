package dev.pawl.cli.audit;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Screen;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes the audit log as JSON lines, a page after the other. */
final class AuditExport {

    private AuditExport() {}

    /** @param file a file that does not exist yet, or {@code -} for the screen */
    static void of(Api api, String file, Screen screen)
            throws NoServerException, ProblemAnswerException, UsageException, IOException {
        if (file.equals("-")) {
            write(api, line -> screen.raw(line + "\n"));
            return;
        }
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(file), StandardOpenOption.CREATE_NEW)) {
            long entries = write(api, line -> out.append(line).append('\n'));
            screen.line("Wrote " + entries + " entries to " + file + ".");
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("--export is " + file + ", which exists already; give the name of a new file.");
        }
    }

    private static long write(Api api, Lines out) throws NoServerException, ProblemAnswerException, IOException {
        long after = 0;
        long written = 0;
        while (true) {
            List<String> lines =
                    api.text("/audit/export?limit=1000&after=" + after).lines().toList();
            if (lines.isEmpty()) {
                return written;
            }
            for (String line : lines) {
                out.write(line);
            }
            written += lines.size();
            after = JsonTrees.parse(lines.get(lines.size() - 1)).path("n").asLong();
        }
    }

    private interface Lines {
        void write(String line) throws IOException;
    }
}

package dev.pawl.it.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds lines that must never occur in a server's log. */
final class ServerLogs {

    private static final List<String> NEVER = List.of("defect", "OutOfMemoryError", "Exception in thread");
    private static final int MOST_SHOWN = 5;

    private ServerLogs() {}

    /** Reads the logs in the data folder and the error streams of all servers. */
    static void judge(Path data, String errorStreams, Ledger ledger) throws IOException {
        judge(errorStreams.lines(), ledger);
        try (Stream<Path> files = Files.list(data.resolve("logs"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                judge(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines(), ledger);
            }
        }
    }

    private static void judge(Stream<String> lines, Ledger ledger) {
        lines.filter(line -> NEVER.stream().anyMatch(line::contains))
                .limit(MOST_SHOWN)
                .forEach(line -> ledger.violation("a server said: " + line));
    }
}

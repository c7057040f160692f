package dev.pawl.processes.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of tasks by the session in which they were started, as /proc shows them (proc(5)); one that has left it is known by its
 * mark. Only on Linux; elsewhere the table is empty. For one thread.
 */
final class ProcessTable {

    private static final Path PROCESSES = Path.of("/proc");
    private static final int SESSION = 3; // places in the file stat behind the name in brackets
    private static final int THREADS = 17;
    private static final int STARTED = 19;
    private static final int RESIDENT = 21;
    private static final long KB = 1_024;
    private static final long PAGE = pageSize();

    private final Map<Long, List<Entry>> sessions = new HashMap<>();
    private final Map<String, Long> outside = new HashMap<>();

    private record Entry(String pid, int threads, long resident) {}

    private static long pageSize() {
        try (Stream<String> lines = Files.lines(PROCESSES.resolve("self/smaps"))) {
            return lines.filter(line -> line.startsWith("KernelPageSize:"))
                    .findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KB)
                    .orElse(4 * KB);
        } catch (IOException | UncheckedIOException noLinux) {
            return 4 * KB;
        }
    }

    /** The table of this moment; what is known about processes outside the sessions stays for the next one. */
    void look(Map<Long, String> marksOfSessions) {
        sessions.clear();
        Set<String> seen = new HashSet<>();
        if (Files.isDirectory(PROCESSES)) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
                for (Path process : processes) {
                    add(process, marksOfSessions, seen);
                }
            } catch (IOException | DirectoryIteratorException unreadable) {
                return;
            }
        }
        outside.keySet().retainAll(seen);
    }

    private void add(Path process, Map<Long, String> wanted, Set<String> seen) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String pid = String.valueOf(process.getFileName());
            long session = Long.parseLong(fields[SESSION]);
            if (!wanted.containsKey(session)) {
                String name = pid + "@" + fields[STARTED];
                seen.add(name);
                session = outside.computeIfAbsent(name, none -> owner(process, wanted));
            }
            if (session != 0) {
                sessions.computeIfAbsent(session, none -> new ArrayList<>())
                        .add(new Entry(
                                pid, Integer.parseInt(fields[THREADS]), Long.parseLong(fields[RESIDENT]) * PAGE));
            }
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException gone) {
            return; // it has ended meanwhile
        }
    }

    /** The session from which a process comes that has left it; 0 for a stranger. */
    private static long owner(Path process, Map<Long, String> wanted) {
        return MarkedProcesses.mark(process)
                .flatMap(mark -> wanted.entrySet().stream()
                        .filter(one -> mark.startsWith(one.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst())
                .orElse(0L);
    }

    /** The processes and threads of a session. */
    int tasks(long session) {
        return entries(session).stream().mapToInt(Entry::threads).sum();
    }

    /** The memory of a session, in which what several processes share counts for each of them. */
    long atMost(long session) {
        return entries(session).stream().mapToLong(Entry::resident).sum();
    }

    /** The memory of a session, in which what several processes share counts once; takes longer. */
    long exactly(long session) {
        return entries(session).stream().mapToLong(ProcessTable::share).sum();
    }

    private List<Entry> entries(long session) {
        return sessions.getOrDefault(session, List.of());
    }

    private static long share(Entry entry) {
        try {
            for (String line : Files.readAllLines(PROCESSES.resolve(entry.pid()).resolve("smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * KB;
                }
            }
            return entry.resident();
        } catch (IOException | NumberFormatException gone) {
            return 0;
        }
    }
}

package dev.pawl.processes.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Processes that carry a mark in their environment, which children inherit. A process that has taken the number of one that ended carries
 * none. Only Linux shows the environment; elsewhere none is found.
 */
public final class MarkedProcesses {

    /** The variable that holds the mark. */
    static final String VARIABLE = "PAWL_PROCESS";

    private static final Path PROCESSES = Path.of("/proc");
    private static final int ROUNDS = 20;

    private MarkedProcesses() {}

    /**
     * Kills the processes whose mark begins like this, until two looks find none.
     *
     * @return how many different ones there were
     */
    public static int kill(String markBegin) {
        Set<Long> killed = new HashSet<>();
        int quiet = 0;
        for (int round = 0; round < ROUNDS && quiet < 2; round++) {
            List<ProcessHandle> found = find(markBegin);
            found.forEach(process -> {
                killed.add(process.pid());
                process.destroyForcibly();
            });
            quiet = found.isEmpty() ? quiet + 1 : 0; // one that becomes another program just now shows no environment
        }
        return killed.size();
    }

    /** The living processes whose mark begins like this. */
    public static List<ProcessHandle> find(String markBegin) {
        byte[] wanted = (VARIABLE + "=" + markBegin).getBytes(StandardCharsets.ISO_8859_1);
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROCESSES)) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                Optional<ProcessHandle> handle = handle(process); // before the mark is read: it knows when it started
                if (handle.isPresent() && carries(process, wanted)) {
                    found.add(handle.get());
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return found;
        }
        return found;
    }

    private static Optional<ProcessHandle> handle(Path process) {
        try {
            return ProcessHandle.of(Long.parseLong(String.valueOf(process.getFileName())));
        } catch (NumberFormatException noProcess) {
            return Optional.empty();
        }
    }

    private static boolean carries(Path process, byte[] wanted) {
        return variable(process, wanted).isPresent();
    }

    /** The mark of a process; empty when it has none, or its environment is not to be seen. */
    static Optional<String> mark(Path process) {
        return variable(process, (VARIABLE + "=").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The rest of a variable that begins with these bytes. */
    private static Optional<String> variable(Path process, byte[] wanted) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(process.resolve("environ"));
        } catch (IOException goneOrForeign) {
            return Optional.empty();
        }
        for (int at = 0; at + wanted.length <= environment.length; at = next(environment, at)) {
            int same = 0;
            while (same < wanted.length && environment[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                int begin = at + same;
                int end = next(environment, begin) - 1;
                return Optional.of(new String(environment, begin, end - begin, StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    private static int next(byte[] environment, int at) {
        int end = at;
        while (end < environment.length && environment[end] != 0) {
            end++;
        }
        return end + 1;
    }
}

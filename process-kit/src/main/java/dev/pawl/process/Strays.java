package dev.pawl.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes that carry the mark of a program, found by their environment. Only Linux shows it; elsewhere none is found. */
final class Strays {

    private static final Path PROCESSES = Path.of("/proc");
    private static final Pattern SERVER = Pattern.compile("\\d+\\.(\\d{1,18})\\.\\d+\\.");
    private static final String VARIABLE = Supervision.MARK + "=";

    private Strays() {}

    /** The mark of one call: who owns it, in which run, and a number; letters, digits, dots and hyphens. */
    static String mark(String owner, long epoch, long call) {
        return owner + "." + epoch + "." + ProcessHandle.current().pid() + "." + call + ".";
    }

    /** Kills what other runs of the owner left, in this server or in one that is gone. */
    static void killOfOtherRuns(String owner, long epoch) {
        kill(mark -> mark.startsWith(owner + ".")
                && !mark.startsWith(owner + "." + epoch + ".")
                && !isOfAnotherServer(mark.substring(owner.length() + 1)));
    }

    /** A server on a copy of the data folder has the same jobs; what it runs is its own. */
    private static boolean isOfAnotherServer(String epochServerAndCall) {
        Matcher parts = SERVER.matcher(epochServerAndCall);
        if (!parts.matches()) {
            return false;
        }
        long server = Long.parseLong(parts.group(1));
        return server != ProcessHandle.current().pid()
                && ProcessHandle.of(server).isPresent();
    }

    /** Kills the processes with that mark. */
    static void kill(String mark) {
        kill(mark::equals);
    }

    /** Again and again, since a process may start another one meanwhile; in the end those that started none are left. */
    private static void kill(Predicate<String> marks) {
        final int rounds = 20;
        List<ProcessHandle> found = find(marks);
        for (int round = 0; round < rounds && !found.isEmpty(); round++) {
            found.forEach(ProcessHandle::destroyForcibly);
            found = find(marks);
        }
    }

    private static List<ProcessHandle> find(Predicate<String> marks) {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROCESSES)) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                Optional<ProcessHandle> handle = handle(process);
                if (handle.isPresent() && markOf(process).filter(marks).isPresent()) {
                    found.add(handle.get()); // it knows when the process started, so that no other of its number is
                    // killed
                }
            }
        } catch (IOException unreadable) {
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

    private static Optional<String> markOf(Path process) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            for (String variable : environment.split("\0", -1)) {
                if (variable.startsWith(VARIABLE)) {
                    return Optional.of(variable.substring(VARIABLE.length()));
                }
            }
            return Optional.empty();
        } catch (IOException goneOrForeign) {
            return Optional.empty();
        }
    }
}

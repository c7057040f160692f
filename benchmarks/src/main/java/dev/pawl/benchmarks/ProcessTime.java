package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processor time of processes, from {@code /proc}, so only on Linux. */
final class ProcessTime {

    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code stat} after the name: its own time in user and in kernel mode, and that of children that have ended. */
    private static final int OWN = 11;

    private static final int ENDED_CHILDREN = 13;

    private ProcessTime() {}

    /** The seconds of a process, those of its threads that have ended included. */
    static double of(long pid) throws IOException {
        return seconds(pid, OWN);
    }

    /** The seconds of a process and of all its children, those included that have ended. */
    static double ofFamily(long pid) throws IOException {
        double seconds = seconds(pid, OWN) + seconds(pid, ENDED_CHILDREN);
        List<Long> children;
        try (Stream<ProcessHandle> all = ProcessHandle.of(pid).orElseThrow().children()) {
            children = all.map(ProcessHandle::pid).toList();
        }
        for (Long child : children) {
            try {
                seconds += seconds(child, OWN);
            } catch (NoSuchFileException e) {
                // It has ended since, and counts from the next time on.
            }
        }
        return seconds;
    }

    private static double seconds(long pid, int first) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / TICKS_PER_SECOND;
    }
}

package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The CPU time of a process by the names of its threads, from {@code /proc}, so only on Linux. Threads whose names differ in a number alone
 * count together; the kernel keeps 15 characters of a name.
 *
 * @param seconds the time of each name
 */
record ThreadTimes(Map<String, Double> seconds) {

    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code stat} after the name: time in user and in kernel mode. */
    private static final int USER = 11;

    private static final int KERNEL = 12;

    static ThreadTimes of(long pid) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        List<Path> threads;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            threads = tasks.toList();
        }
        for (Path thread : threads) {
            try {
                String name =
                        Files.readString(thread.resolve("comm")).strip().replaceAll("[-#]?[0-9a-f]*[0-9]+.*$", "");
                String stat = Files.readString(thread.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                double time = (Long.parseLong(fields[USER]) + Long.parseLong(fields[KERNEL])) / TICKS_PER_SECOND;
                seconds.merge(name, time, Double::sum);
            } catch (NoSuchFileException e) {
                // The thread has ended since.
            }
        }
        return new ThreadTimes(seconds);
    }

    /** The time that each name has used since an earlier moment. */
    ThreadTimes since(ThreadTimes earlier) {
        Map<String, Double> used = new TreeMap<>();
        seconds.forEach((name, time) -> used.put(name, time - earlier.seconds.getOrDefault(name, 0.0)));
        return new ThreadTimes(used);
    }

    double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}

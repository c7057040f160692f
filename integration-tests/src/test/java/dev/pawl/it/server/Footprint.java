package dev.pawl.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The threads and memory of an idle server.
 *
 * @param threads the number of threads of each name, numbers in names left out, without the pools that keep for a while what
 *     they needed at their peak
 * @param residentKb its resident memory
 * @param liveKb its live heap after a full collection
 */
public record Footprint(Map<String, Long> threads, long residentKb, long liveKb) {

    /** Threads of pools, of which there are a few at most, and which stay a while without work. */
    private static final List<String> POOLED = List.of("pawl-http-", "pawl-watch", "pawl-background", "pawl-callback-");

    private static final int MORE_THREADS = 4; // of one name: the JVM's own compilers and collectors come and go
    private static final long MORE_LIVE_KB = 8 * 1024;
    private static final long MORE_RESIDENT_KB =
            96 * 1024; // code compiled meanwhile, and variations of the heap's size

    /** Measures a process. */
    public static Footprint of(long pid, Path javaHome) throws IOException {
        long live = liveKb(pid, javaHome); // first, since it collects
        return new Footprint(threads(pid), status(pid, "VmRSS:"), live);
    }

    private static Map<String, Long> threads(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return tasks.map(Footprint::name)
                    .filter(name -> !name.isEmpty() && POOLED.stream().noneMatch(name::startsWith))
                    .collect(Collectors.groupingBy(
                            name -> name.replaceAll("[0-9]+", ""), TreeMap::new, Collectors.counting()));
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException hasEnded) {
            return "";
        }
    }

    @Override
    public String toString() {
        return threads.values().stream().mapToLong(count -> count).sum() + " threads, " + residentKb / 1024
                + " MiB resident, " + liveKb / 1024 + " MiB live";
    }

    /** The values that exceed those of an earlier footprint by more than the tolerance, one sentence each. */
    public List<String> grownFrom(Footprint before) {
        List<String> grown = new ArrayList<>();
        threads.forEach((name, count) -> {
            long had = before.threads.getOrDefault(name, 0L);
            if (count > had + MORE_THREADS) {
                grown.add("threads " + name + " grew from " + had + " to " + count);
            }
        });
        if (liveKb > before.liveKb + MORE_LIVE_KB) {
            grown.add("the live heap grew from " + before.liveKb + " to " + liveKb + " KiB");
        }
        if (residentKb > before.residentKb + MORE_RESIDENT_KB) {
            grown.add("resident memory grew from " + before.residentKb + " to " + residentKb + " KiB");
        }
        return grown;
    }

    private static long status(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The total of the class histogram, for which the JVM first makes a full collection. */
    private static long liveKb(long pid, Path javaHome) throws IOException {
        Process jcmd = new ProcessBuilder(
                        javaHome.resolve("bin/jcmd").toString(), String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String last = "";
        try (BufferedReader out = jcmd.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line.isBlank() ? last : line;
            }
        }
        String[] words = last.trim().split("\\s+", -1); // "Total", instances, bytes
        if (words.length != 3 || !words[0].equals("Total")) {
            throw new IOException("jcmd said: " + last);
        }
        return Long.parseLong(words[2]) / 1024;
    }
}

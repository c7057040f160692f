package dev.pawl.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads and memory of an idle server.
 *
 * @param threads the number of threads without those that answer requests, since that pool keeps as many as it needed at its peak
 * @param residentKb its resident memory
 * @param liveKb its live heap after a full collection
 */
public record Footprint(long threads, long residentKb, long liveKb) {

    /** Threads of pools, of which there are a few at most, and which stay a while without work. */
    private static final List<String> POOLED = List.of("pawl-http-", "pawl-watch");

    private static final int MORE_THREADS = 4; // the JVM's own compilers and collectors come and go
    private static final long MORE_LIVE_KB = 8 * 1024;
    private static final long MORE_RESIDENT_KB =
            96 * 1024; // code compiled meanwhile, and variations of the heap's size

    /** Measures a process. */
    public static Footprint of(long pid, Path javaHome) throws IOException {
        long live = liveKb(pid, javaHome); // first, since it collects
        return new Footprint(threads(pid), status(pid, "VmRSS:"), live);
    }

    private static long threads(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return tasks.filter(task -> !isPooled(task)).count();
        }
    }

    private static boolean isPooled(Path task) {
        try {
            return POOLED.stream().anyMatch(Files.readString(task.resolve("comm"))::startsWith);
        } catch (IOException hasEnded) {
            return true;
        }
    }

    /** The values that exceed those of an earlier footprint by more than the tolerance, one sentence each. */
    public List<String> grownFrom(Footprint before) {
        List<String> grown = new ArrayList<>();
        if (threads > before.threads + MORE_THREADS) {
            grown.add("threads grew from " + before.threads + " to " + threads);
        }
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

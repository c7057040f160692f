package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine and the Java that figures come from; of Linux. */
final class Machine {

    private Machine() {}

    /** Describes it in a sentence. */
    static String describe() throws IOException {
        Path files = Path.of(System.getProperty("java.io.tmpdir"));
        FileStore disk = Files.getFileStore(files);
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %s of memory, data on %s with %d GiB free, Linux %s; Java %s (%s) for the server and its peers",
                Runtime.getRuntime().availableProcessors(),
                line(Path.of("/proc/cpuinfo"), "model name"),
                line(Path.of("/proc/meminfo"), "MemTotal"),
                disk.type(),
                disk.getUsableSpace() >> 30,
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"));
    }

    /** The share of the last minute in which processes waited for or had a core, as the kernel tells it. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    private static String line(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "unknown " + key;
    }
}

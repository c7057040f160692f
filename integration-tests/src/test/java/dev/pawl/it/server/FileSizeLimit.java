package dev.pawl.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The maximum size of the files that a running process may write; beyond it, writes fail as on a full disk. */
public final class FileSizeLimit {

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private FileSizeLimit() {}

    /** Whether this machine can set it; used by conditions of tests. */
    public static boolean isSupported() {
        return Files.isExecutable(PRLIMIT);
    }

    /** Sets the limit in bytes; returns {@code false} when that failed. */
    public static boolean set(long pid, long bytes) throws IOException, InterruptedException {
        return set(pid, Long.toString(bytes));
    }

    /** Removes the limit; returns {@code false} when that failed. */
    public static boolean lift(long pid) throws IOException, InterruptedException {
        return set(pid, "unlimited");
    }

    private static boolean set(long pid, String limit) throws IOException, InterruptedException {
        if (!isSupported()) {
            return false;
        }
        Process prlimit = new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(pid), "--fsize=" + limit + ":")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return prlimit.waitFor(30, TimeUnit.SECONDS) && prlimit.exitValue() == 0;
    }
}

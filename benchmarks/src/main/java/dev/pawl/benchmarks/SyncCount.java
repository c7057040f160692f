package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The number of times that a process waits for the disk, counted by strace, which slows nothing but these calls. */
final class SyncCount {

    private static final String CALLS = "trace=fsync,fdatasync";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Process strace;
    private final Path trace;

    private SyncCount(Process strace, Path trace) {
        this.strace = strace;
        this.trace = trace;
    }

    /** Whether strace is there and may trace. */
    static boolean isPossible() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-e", CALLS, "true")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    /** Attaches to all threads of a process; returns when it counts. */
    static SyncCount begin(long pid, Path trace) throws IOException {
        Path said = trace.resolveSibling(trace.getFileName() + ".log");
        Process strace = new ProcessBuilder(
                        "strace", "-f", "-e", CALLS, "-o", trace.toString(), "-p", Long.toString(pid))
                .redirectError(said.toFile())
                .start();
        long until = System.nanoTime() + LIMIT.toNanos();
        while (!Files.readString(said).contains("attached")) {
            if (!strace.isAlive() || System.nanoTime() > until) {
                strace.destroy();
                throw new IOException("strace did not attach: " + Files.readString(said));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return new SyncCount(strace, trace);
    }

    /** Lets the process go; returns how often it called. */
    long end() throws IOException, InterruptedException {
        strace.destroy(); // a SIGTERM, after which it detaches
        strace.waitFor();
        try (var lines = Files.lines(trace)) {
            return lines.filter(line -> line.matches(".* f(data)?sync\\(.*")).count();
        }
    }
}

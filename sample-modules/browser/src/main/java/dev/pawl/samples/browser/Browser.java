package dev.pawl.samples.browser;

import dev.pawl.process.RunningProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.openqa.selenium.WebDriverException;

/** One running Chromium, with the connection that steers it. One task at a time uses it. */
final class Browser implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int KEPT_LINES = 10;

    private final RunningProgram process;
    private final Path profile;
    private final DevTools devTools;
    private final Chromium program;
    private final Instant started;
    private int pages;
    private Instant lastUsed;

    private Browser(RunningProgram process, Path profile, DevTools devTools, Chromium program, Instant started) {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
        this.program = program;
        this.started = started;
        lastUsed = started;
    }

    /**
     * Starts one. Called on a thread of the pool, since the threads that read its output live as long as it does.
     *
     * @throws IOException when it does not come up, with the last lines of its output
     */
    static Browser start(Chromium program, HttpClient client, Instant now) throws IOException {
        Path profile = Profiles.create();
        Deque<String> said = new ArrayDeque<>();
        RunningProgram process = program.program(profile).start("browser", (source, line) -> keep(said, line));
        try {
            URI address = address(process, profile, said);
            return new Browser(process, profile, new DevTools(client, address), program, now);
        } catch (IOException | WebDriverException e) {
            process.kill();
            Profiles.remove(profile);
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void keep(Deque<String> said, String line) {
        synchronized (said) {
            if (said.size() == KEPT_LINES) {
                said.removeFirst();
            }
            said.addLast(line);
        }
    }

    /** Chromium writes the port that it took, and the path, into a file of its profile. */
    private static URI address(RunningProgram process, Path profile, Deque<String> said) throws IOException {
        Path file = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() - end < 0) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            try {
                if (process.awaitExit(LOOK_EVERY)) {
                    throw new IOException("Chromium " + process.exit().sentence());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the start of Chromium was interrupted", e);
            }
        }
        synchronized (said) {
            throw new IOException("Chromium did not open its DevTools within " + LONGEST_START.toSeconds() + " s: "
                    + String.join("\n", said));
        }
    }

    DevTools devTools() {
        return devTools;
    }

    long pid() {
        return process.pid();
    }

    /** Whether it lives and answers. */
    boolean isUsable() {
        return process.isAlive() && !devTools.isGone();
    }

    /** Whether it is of that program, and neither too old nor used too often. */
    boolean isFresh(Chromium wanted, Limits limits, Instant now) {
        return program.equals(wanted)
                && pages < limits.pages()
                && started.plus(limits.age()).isAfter(now);
    }

    boolean isIdleSince(Instant time) {
        return !lastUsed.isAfter(time);
    }

    void use(Instant now) {
        pages++;
        lastUsed = now;
    }

    void rest(Instant now) {
        lastUsed = now;
    }

    /** Ends it at once; its profile is worth nothing. */
    @Override
    public void close() {
        devTools.close();
        process.kill();
        Profiles.remove(profile);
    }
}

package dev.pawl.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of the module that is tried, as the leader of a group of its own. Used by one thread. */
final class TriedProcess implements AutoCloseable {

    /** The id of the job that it is told. */
    static final String JOB = "0000b8cd-af93-8df2-8ab5-db452e948921";

    private static final int LONGEST_LINE = 8 << 20;
    private static final int MOST_LINES = 100_000;
    private static final int LAST_ERRORS = 4_000;
    private static final String END = "\0end";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES);
    private final StringBuilder errors = new StringBuilder();

    private TriedProcess(Process process) {
        this.process = process;
        start("out", () -> readLines(process.getInputStream()));
        start("err", () -> readErrors(process.getErrorStream()));
    }

    /** Starts one. */
    static TriedProcess start(List<String> command, Path folder, Map<String, String> environment)
            throws UsageException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("setsid"), command.stream()).toList());
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new TriedProcess(builder.start());
        } catch (IOException e) {
            throw new UsageException("The module's program cannot be started: " + e.getMessage());
        }
    }

    private void start(String stream, Runnable work) {
        Thread thread = new Thread(work, "pawl-conform-" + stream);
        thread.setDaemon(true);
        thread.start();
    }

    private void readLines(InputStream in) {
        try (in) {
            byte[] line = new byte[1 << 12];
            int length = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    lines.put(new String(line, 0, length, StandardCharsets.UTF_8));
                    length = 0;
                } else if (length <= LONGEST_LINE) {
                    line = length == line.length ? java.util.Arrays.copyOf(line, 2 * length) : line;
                    line[length++] = (byte) next;
                }
            }
            if (length > 0) {
                lines.put(Line.HALF + new String(line, 0, Math.min(length, 200), StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // as at its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lines.offer(END);
        }
    }

    private void readErrors(InputStream in) {
        byte[] some = new byte[1 << 12];
        try (in) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                synchronized (errors) {
                    errors.append(new String(some, 0, read, StandardCharsets.UTF_8));
                    if (errors.length() > LAST_ERRORS) {
                        errors.delete(0, errors.length() - LAST_ERRORS);
                    }
                }
            }
        } catch (IOException closed) {
            // as at its end
        }
    }

    /** The next line; null when none comes in that time or no more can come. */
    @Nullable
    String next(long millis) throws InterruptedException {
        String line = lines.poll(millis, TimeUnit.MILLISECONDS);
        if (END.equals(line)) {
            lines.offer(END);
            return null;
        }
        return line;
    }

    /** Whether all lines have been taken. */
    boolean isOver() {
        return END.equals(lines.peek());
    }

    void send(JsonNode message) {
        send((message + "\n").getBytes(StandardCharsets.UTF_8), 0);
    }

    /** Sends a part of a line, and waits a moment. */
    void send(byte[] part, long pauseMs) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(part);
            in.flush();
            process.waitFor(pauseMs, TimeUnit.MILLISECONDS);
        } catch (IOException gone) {
            // what it says, or its end, shows why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes its standard input, as the kernel does when the server is gone. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // it is closed then
        }
    }

    /** Sends a signal to its group. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-s", name, "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it ended within that time. */
    boolean ended(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, or 128 and the signal's number. */
    int exitCode() {
        return process.exitValue();
    }

    /** The end of what it wrote to standard error. */
    String errors() {
        synchronized (errors) {
            return errors.toString().strip();
        }
    }

    @Override
    public void close() {
        signal("KILL");
        process.destroyForcibly();
    }
}

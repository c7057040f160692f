package dev.pawl.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A program that has been started, with its process group. Safe for many threads. */
public final class RunningProgram implements AutoCloseable {

    private final Process process;
    private final String mark;
    private final Duration grace;
    private final LastLines lastLines;
    private final AtomicBoolean othersEnded = new AtomicBoolean();

    RunningProgram(Process process, String mark, Duration grace, LastLines lastLines) {
        this.process = process;
        this.mark = mark;
        this.grace = grace;
        this.lastLines = lastLines;
    }

    /** Its process id, which is also that of its group. */
    public long pid() {
        return process.pid();
    }

    /** Whether the program itself has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with all processes that it started: politely first when it has a grace time, then by SIGKILL. Harmless when it has ended. */
    public void kill() {
        if (!grace.isZero() && process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.toHandle()
                    .destroy(); // Process.destroy would close the watcher's pipe, and the watcher does not wait
            awaitEnd(grace);
        }
        List<ProcessHandle> descendants = process.descendants().toList(); // before it ends, and they become orphans
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        endOthers();
    }

    /** Ends what the program, which has ended, left running. */
    void endOthers() {
        if (othersEnded.getAndSet(true)) {
            return;
        }
        try {
            process.getOutputStream().close(); // the watcher kills the group
        } catch (IOException closedAlready) {
            // then it does so already
        }
        Strays.kill(mark);
    }

    /** Waits for its end. */
    public Exit exit() throws InterruptedException {
        return Exit.of(process.waitFor(), lastLines.lines());
    }

    /**
     * Waits for its end.
     *
     * @return whether it has ended in that time
     */
    public boolean awaitExit(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it when it has not ended, with all processes that it started. */
    @Override
    public void close() {
        kill();
    }

    private void awaitEnd(Duration time) {
        try {
            process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // no time for grace is left
        }
    }
}

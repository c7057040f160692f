package dev.pawl.processes.child;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The thread that starts all processes and lives as long as they do: the kernel sends the signal of a parent's death when the starting
 * <em>thread</em> ends. Safe for many threads.
 */
final class Starter implements AutoCloseable {

    private final ThreadGroup group;
    private @Nullable ExecutorService thread;
    private boolean closed;

    Starter(ThreadGroup group) {
        this.group = group;
    }

    /** Starts a process; an interrupt meanwhile is kept for later, since the process is there already. */
    Process start(ProcessBuilder builder) throws IOException {
        Callable<Process> start = builder::start;
        Future<Process> started = thread().submit(start);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized ExecutorService thread() throws IOException {
        if (closed) {
            throw new IOException("The server stops.");
        }
        ExecutorService known = thread;
        if (known == null) {
            known = Executors.newSingleThreadExecutor(work -> {
                Thread started = new Thread(group, work, "pawl-process-starter");
                started.setDaemon(true);
                started.setContextClassLoader(null);
                return started;
            });
            thread = known;
        }
        return known;
    }

    /** Ends the thread, and with it the processes that have asked for the signal. */
    @Override
    public synchronized void close() {
        closed = true;
        ExecutorService known = thread;
        if (known != null) {
            known.shutdown();
        }
    }
}

package dev.pawl.processes.child;

import dev.pawl.processes.protocol.Message;
import dev.pawl.processes.protocol.MessageParser;
import dev.pawl.processes.protocol.MessageReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of one task, with the group that it leads, and the three threads that read and write its streams. */
public final class Child implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final int MOST_AT_ONCE = 256;
    private static final long JOIN_MS = 1_000;

    private final Process process;
    private final Supervisor supervisor;
    private final LimitWatch limits;
    private final String mark;
    private final @Nullable ControlGroup controlGroup;
    private final Limits memory;
    private final Inbox inbox = new Inbox();
    private final Outbox outbox;
    private final ErrorLines errorLines = new ErrorLines();
    private final List<Thread> threads = new ArrayList<>();
    private boolean swept;
    private int leftBehind;
    private volatile @Nullable String endedFor;

    Child(
            Process process,
            Supervisor supervisor,
            LimitWatch limits,
            String mark,
            @Nullable ControlGroup controlGroup,
            Limits memory,
            MessageParser parser,
            ThreadGroup group) {
        this.process = process;
        this.supervisor = supervisor;
        this.limits = limits;
        this.mark = mark;
        this.controlGroup = controlGroup;
        this.memory = memory;
        this.outbox = new Outbox(process.getOutputStream());
        start(group, "out", () -> readMessages(new MessageReader(process.getInputStream(), parser)));
        start(group, "err", this::readErrors);
        start(group, "in", outbox::write);
    }

    private void start(ThreadGroup group, String stream, Runnable work) {
        Thread thread = new Thread(group, work, "pawl-process-" + process.pid() + "-" + stream);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        threads.add(thread);
        thread.start();
    }

    private void readMessages(MessageReader reader) {
        try {
            List<Message> some = new ArrayList<>();
            long bytes = 0;
            for (Message message = reader.next(); message != null; message = reader.next()) {
                some.add(message);
                bytes += reader.lastBytes();
                if (some.size() == MOST_AT_ONCE || !reader.hasMore()) {
                    inbox.put(some, bytes);
                    some = new ArrayList<>();
                    bytes = 0;
                }
            }
            inbox.put(some, bytes);
        } catch (IOException closed) {
            LOG.debug("The output of process {} is closed.", process.pid(), closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inbox.ended();
        }
    }

    private void readErrors() {
        try {
            errorLines.read(process.getErrorStream(), inbox::putErrorLine);
        } catch (IOException closed) {
            LOG.debug("The error output of process {} is closed.", process.pid(), closed);
        } finally {
            inbox.ended();
        }
    }

    /** The process id, which is also that of its group and session. */
    public long pid() {
        return process.pid();
    }

    /** The mark in its environment and in those of its children. */
    String mark() {
        return mark;
    }

    /** Whether the process itself has not ended; others of its group may go on. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the process itself, for a moment. */
    public void awaitExit(long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** The output that it has written since the last call; waits for it for a moment. */
    public Output take(long millis) throws InterruptedException {
        Inbox.Batch batch = inbox.take(millis, TimeUnit.MILLISECONDS);
        return new Output(batch.messages(), batch.errorLines(), batch.leftOut(), batch.stays(), batch.over());
    }

    /**
     * Sends a message.
     *
     * @return false when it has not read thousands of earlier ones
     */
    public boolean send(Map<String, ?> message) {
        return outbox.send(message);
    }

    /** Ends its standard input behind what was sent. */
    public void endInput() {
        outbox.end();
    }

    /** The last lines of its standard error. */
    public List<String> lastErrorLines() {
        return errorLines.last();
    }

    /** Asks its whole group to end; a stopped process is continued, since the request would wait otherwise. */
    public void terminate() {
        supervisor.signal("TERM", pid());
        supervisor.signal("CONT", pid());
    }

    /** Kills its whole group, and where it has a control group all that it has started. */
    public void kill() {
        supervisor.signal("KILL", pid());
        if (controlGroup != null) {
            controlGroup.kill();
        }
        process.destroyForcibly();
    }

    /** Kills it for a reason that its task is told. */
    void endFor(String sentence) {
        endedFor = sentence;
        kill();
    }

    /** The reason for which the server has killed it of its own accord, or the kernel for its memory; null when neither has. */
    public @Nullable String endedFor() {
        String known = endedFor;
        if (known == null && controlGroup != null && !process.isAlive() && controlGroup.isOutOfMemory()) {
            known = memory.outOfMemory();
            endedFor = known;
        }
        return known;
    }

    /** The control group of the process; null when it has none. */
    @Nullable
    ControlGroup controlGroup() {
        return controlGroup;
    }

    /** Whether the kernel has refused it processes or threads, as many as its task may have. */
    boolean isOutOfTasks() {
        return controlGroup != null && controlGroup.isOutOfTasks();
    }

    /** The exit code, or 128 and the signal's number. */
    public int exitCode() {
        return process.exitValue();
    }

    /**
     * Ends what the process, which has ended, left running: in its group, wherever it carries its mark, and in its control group.
     *
     * @return how many processes that was besides those of its group
     */
    public int sweep() {
        if (!swept) {
            swept = true;
            supervisor.signal("KILL", pid());
            leftBehind = MarkedProcesses.kill(mark);
            if (controlGroup != null) {
                leftBehind += controlGroup.members(); // without its mark, and in a session of their own
                controlGroup.kill();
            }
        }
        return leftBehind;
    }

    /** Kills all that is left of it, and ends its threads. */
    @Override
    public void close() {
        limits.remove(this);
        inbox.close();
        if (process.isAlive()) {
            kill();
        }
        sweep();
        supervisor.remove(pid());
        outbox.end();
        threads.forEach(Thread::interrupt);
        boolean interrupted = Thread.interrupted();
        if (controlGroup != null) {
            controlGroup.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A part of what a process writes.
     *
     * @param messages messages of standard output, in order
     * @param errorLines lines of standard error
     * @param leftOut the number of lines of standard error for which there was no room
     * @param stays whether it has said that it takes another task
     * @param over whether nothing more can come
     */
    public record Output(List<Message> messages, List<String> errorLines, long leftOut, boolean stays, boolean over) {}
}

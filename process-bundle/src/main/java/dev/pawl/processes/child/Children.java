package dev.pawl.processes.child;

import dev.pawl.processes.protocol.MessageParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the processes of tasks, each as the leader of a session and group of its own with a mark in its environment. The mark of this run of
 * the server is in a file while there may be such processes, so that the next start finds those that a killed server and a killed
 * supervisor left. Safe for many threads.
 */
public final class Children implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    private final Path markFile;
    private final ThreadGroup threads;
    private final String mark = UUID.randomUUID() + ".";
    private final AtomicLong starts = new AtomicLong();
    private final Supervisor supervisor;
    private final Launcher launcher;
    private final Starter starter;
    private final LimitWatch limits;
    private boolean noted;

    /**
     * Starts nothing yet.
     *
     * @param markFile the file for the mark
     * @param threads the group of the threads that read and write
     */
    public Children(Path markFile, ThreadGroup threads) {
        this(markFile, threads, Containment.USUAL);
    }

    /**
     * Starts nothing yet.
     *
     * @param containment the rules for all processes
     */
    public Children(Path markFile, ThreadGroup threads, Containment containment) {
        this.markFile = markFile;
        this.threads = threads;
        this.supervisor = new Supervisor(onPath("setsid"), mark);
        this.launcher = new Launcher(containment, Children::onPath);
        this.starter = new Starter(threads);
        this.limits = new LimitWatch(containment.tasks(), threads);
    }

    /**
     * Ends what an earlier run of the server left behind; to be called before any task runs.
     *
     * @return how many processes that was
     */
    public static int sweepEarlier(Path markFile) {
        int left = 0;
        try {
            String earlier = Files.readString(markFile).strip();
            if (!earlier.isEmpty()) {
                left = MarkedProcesses.kill(earlier);
                LOG.info(
                        "The server ended without a stop while processes of tasks ran; {} of them were left and are ended.",
                        left);
            }
            Files.deleteIfExists(markFile);
        } catch (IOException e) {
            LOG.warn(
                    "Processes that an earlier server may have left could not be looked for: {} ({})",
                    markFile,
                    e.getMessage());
        }
        return left;
    }

    /** Starts a process without a limit of memory. */
    public Child start(List<String> command, Path folder, Map<String, String> environment, MessageParser parser)
            throws IOException {
        return start(command, folder, environment, Limits.NONE, parser);
    }

    /**
     * Starts a process.
     *
     * @param command the program and its arguments
     * @param folder its working folder
     * @param environment its whole environment, to which the mark is added
     * @param memory the memory that it may take
     */
    public Child start(
            List<String> command, Path folder, Map<String, String> environment, Limits memory, MessageParser parser)
            throws IOException {
        List<String> line = launcher.line(command, folder, memory);
        note();
        supervisor.prepare();
        String own = mark + starts.incrementAndGet() + ".";
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MarkedProcesses.VARIABLE, own);
        Process process = starter.start(builder);
        supervisor.add(process.pid());
        Child child = new Child(process, supervisor, limits, own, parser, threads);
        limits.add(child, memory);
        return child;
    }

    /** Processes that take task after task; to be closed when there are to be no more. */
    public WarmProcesses warmProcesses() {
        return new WarmProcesses(limits);
    }

    /** The process id of the supervisor; 0 before the first process. */
    public long supervisorPid() {
        return supervisor.pid();
    }

    /** The thread that starts processes. */
    Starter starter() {
        return starter;
    }

    private synchronized void note() throws IOException {
        if (!noted) {
            Files.writeString(markFile, mark);
            noted = true;
        }
    }

    /** The file of that name on the PATH; empty when there is none. */
    public static Optional<Path> onPath(String name) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> folder.startsWith(File.separator))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Ends all processes that are left. */
    @Override
    public synchronized void close() {
        supervisor.close();
        if (noted) {
            MarkedProcesses.kill(mark);
            try {
                Files.deleteIfExists(markFile);
            } catch (IOException e) {
                LOG.debug("The file {} stays; the next start looks for processes in vain.", markFile, e);
            }
        }
        limits.close();
        starter.close();
    }
}

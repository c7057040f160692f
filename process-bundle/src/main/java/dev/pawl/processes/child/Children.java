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
import org.jspecify.annotations.Nullable;
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
    private final ControlGroups controlGroups;
    private final int cpuPercent;
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
        this(
                markFile,
                threads,
                containment,
                containment.grouped() ? Delegation.ofThisProcess() : Delegation.none("PAWL_PROCESS_CGROUP is off"));
    }

    Children(Path markFile, ThreadGroup threads, Containment containment, Delegation delegation) {
        this.controlGroups = new ControlGroups(containment, delegation, mark.substring(0, mark.length() - 1));
        this.markFile = markFile;
        this.threads = threads;
        this.supervisor = new Supervisor(onPath("setsid"), mark, controlGroups);
        this.launcher = new Launcher(containment, Children::onPath);
        this.starter = new Starter(threads);
        this.limits = new LimitWatch(containment.tasks(), threads);
        this.cpuPercent = containment.cpuPercent();
    }

    /**
     * Ends what an earlier run of the server left behind; to be called before any task runs.
     *
     * @return how many processes that was
     */
    public static int sweepEarlier(Path markFile) {
        int left = 0;
        try {
            List<String> lines = Files.readAllLines(markFile);
            String earlier = lines.isEmpty() ? "" : lines.get(0).strip();
            if (!earlier.isEmpty()) {
                left = MarkedProcesses.kill(earlier);
                if (lines.size() > 1) {
                    left += ControlGroups.endEarlier(Path.of(lines.get(1)));
                }
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
        supervisor.prepare();
        note();
        ControlGroup group = controlGroups.open(memory);
        if (group != null) {
            line = group.enter(line);
        }
        String own = mark + starts.incrementAndGet() + ".";
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MarkedProcesses.VARIABLE, own);
        Process process = started(builder, group);
        supervisor.add(process.pid());
        Child child = new Child(process, supervisor, limits, own, group, memory, parser, threads);
        limits.add(child, memory);
        return child;
    }

    private Process started(ProcessBuilder builder, @Nullable ControlGroup group) throws IOException {
        try {
            return starter.start(builder);
        } catch (IOException e) {
            if (group != null) {
                group.close();
            }
            throw e;
        }
    }

    /** A sentence about how tasks are bounded, and whether a limit that the operator has set cannot be kept. */
    public Bounds bounds() {
        return new Bounds(controlGroups.sentence(), cpuPercent > 0 && !controlGroups.bounds("cpu"));
    }

    /**
     * The bounds of tasks on this machine.
     *
     * @param sentence how they are kept
     * @param lacksCpu whether tasks are to be bounded in their time of the processors, and cannot be
     */
    public record Bounds(String sentence, boolean lacksCpu) {}

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
            String group = controlGroups.folder().map(Path::toString).orElse("");
            Files.writeString(markFile, mark + "\n" + group + (group.isEmpty() ? "" : "\n"));
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
            controlGroups.close();
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

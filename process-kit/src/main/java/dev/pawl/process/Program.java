package dev.pawl.process;

import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A call of a program: arguments as a list, never through a shell. Immutable; each method that changes something returns another call.
 *
 * <p>The program runs in a session and process group of its own. The group, and processes of the program that left it, are killed when the
 * program has ended, when its task is cancelled, and, by a watcher beside it, as soon as the server is gone. It sees only a few variables of the
 * server's environment, and its language is English in UTF-8.
 */
public final class Program {

    private static final Path NO_INPUT = Path.of("/dev/null");
    private static final int LAST_LINES = 20;
    private static final long LOOK_EVERY_MS = 50;
    private static final AtomicLong CALLS = new AtomicLong();

    private final List<String> command;
    private final @Nullable Path folder;
    private final Map<String, @Nullable String> environment;
    private final Path input;
    private final int lastLines;
    private final Duration grace;
    private final @Nullable Duration limit;

    private Program(
            List<String> command,
            @Nullable Path folder,
            Map<String, @Nullable String> environment,
            Path input,
            int lastLines,
            Duration grace,
            @Nullable Duration limit) {
        this.command = command;
        this.folder = folder;
        this.environment = environment;
        this.input = input;
        this.lastLines = lastLines;
        this.grace = grace;
        this.limit = limit;
    }

    /**
     * A call without input in the server's working folder.
     *
     * @param executable an absolute path
     */
    public static Program of(Path executable, List<String> arguments) {
        List<String> command = new ArrayList<>(arguments.size() + 1);
        command.add(executable.toString());
        command.addAll(arguments);
        return new Program(List.copyOf(command), null, Map.of(), NO_INPUT, LAST_LINES, Duration.ZERO, null);
    }

    /** Sets its working folder. */
    public Program folder(Path workingFolder) {
        return new Program(command, workingFolder, environment, input, lastLines, grace, limit);
    }

    /** Sets variables of its environment, or unsets those whose value is null. */
    public Program environment(Map<String, ? extends @Nullable String> changes) {
        Map<String, @Nullable String> all = new HashMap<>(environment);
        all.putAll(changes);
        return new Program(command, folder, Collections.unmodifiableMap(all), input, lastLines, grace, limit);
    }

    /** Gives a file as its standard input; there is none otherwise. */
    public Program input(Path file) {
        return new Program(command, folder, environment, file, lastLines, grace, limit);
    }

    /** Sets how many of the last lines of its output {@link Exit} has; 20 otherwise. */
    public Program keepLines(int number) {
        return new Program(command, folder, environment, input, number, grace, limit);
    }

    /** Sets how long a program that is to end has after a SIGTERM before it is killed; otherwise it is killed at once. */
    public Program grace(Duration afterTerm) {
        return new Program(command, folder, environment, input, lastLines, afterTerm, limit);
    }

    /** Sets how long {@link #run} lets it run before it is ended; without a limit otherwise. */
    public Program limit(Duration longest) {
        return new Program(command, folder, environment, input, lastLines, grace, longest);
    }

    /**
     * Runs it to its end. Processes that an earlier run of the task left behind are killed first.
     *
     * @param output called on this thread
     * @throws dev.pawl.api.module.TaskCancelledException when the task must end; the program has ended then
     * @throws IOException when it cannot be started
     */
    public Exit run(TaskContext task, ProgramOutput output) throws IOException, InterruptedException {
        String owner = task.idempotencyKey("program");
        if (task.epoch() > 1) {
            Strays.killOfOtherRuns(owner, task.epoch());
        }
        task.throwIfCancelled();
        LineQueue lines = new LineQueue();
        long begun = System.nanoTime();
        boolean late = false;
        try (RunningProgram running =
                launch(Strays.mark(owner, task.epoch(), CALLS.incrementAndGet()), "task", lines)) {
            while (!lines.isOver() || running.isAlive()) {
                if (!lines.deliver(output, LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    output.idle();
                }
                if (!running.isAlive()) {
                    running.endOthers(); // they may hold the streams open
                }
                if (limit != null && !late && System.nanoTime() - begun > limit.toNanos()) {
                    late = true;
                    running.kill();
                }
                if (task.isCancelled()) {
                    running.kill();
                    task.throwIfCancelled();
                }
            }
            return late ? running.exit().asLate() : running.exit();
        }
    }

    /**
     * Starts it without a task, for a service that a module keeps, such as a browser. Whoever starts it must {@link RunningProgram#close() close} it.
     *
     * @param name the name for its threads
     * @param output called on a thread of its own
     */
    public RunningProgram start(String name, ProgramOutput output) throws IOException {
        LineQueue lines = new LineQueue();
        RunningProgram running =
                launch(Strays.mark(UUID.randomUUID().toString(), 0, CALLS.incrementAndGet()), name, lines);
        lines.deliverAll(name, output);
        return running;
    }

    private RunningProgram launch(String mark, String name, LineQueue lines) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Supervision.command(command, input, mark));
        Supervision.environment(builder.environment(), environment, mark);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        if (!Supervision.isPossible()) {
            builder.redirectInput(input.toFile());
        }
        Process process = builder.start();
        LastLines last = new LastLines(lastLines);
        String program = Path.of(command.get(0)).getFileName() + " of " + name;
        lines.read(program, process, last);
        return new RunningProgram(process, mark, grace, last);
    }
}

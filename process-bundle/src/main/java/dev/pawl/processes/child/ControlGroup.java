package dev.pawl.processes.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control group of a process and of all that it starts, wherever that goes: no session and no environment leads out of it. It has the
 * files of cgroup v2 for its limits, its counts and its end.
 *
 * @param folder its folder
 */
record ControlGroup(Path folder) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int PERIOD_US = 100_000;
    private static final int PERCENT = 100;

    /** A shell that goes into the group and becomes the program: whatever that starts is in it from the beginning. */
    private static final String ENTER = "echo 0 > \"$1\"; shift; exec \"$@\"";

    /** Sets what its processes may take together, as far as the group has the controllers. */
    void bound(Containment containment, Limits limits) throws IOException {
        set("pids.max", String.valueOf(containment.tasks()));
        if (limits.memoryBytes() > 0) {
            set("memory.max", String.valueOf(limits.memoryBytes()));
            set("memory.swap.max", "0");
            set("memory.oom.group", "1");
        }
        if (containment.cpuPercent() > 0) {
            set("cpu.max", (long) containment.cpuPercent() * PERIOD_US / PERCENT + " " + PERIOD_US);
        }
    }

    private void set(String file, String value) throws IOException {
        if (Files.exists(folder.resolve(file))) {
            write(folder.resolve(file), value);
        }
    }

    /** Writes to a file of a group, each of which takes one value by one call. */
    static void write(Path file, String value) throws IOException {
        Files.write(file, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    /** The line of a command that runs in the group. */
    List<String> enter(List<String> command) {
        List<String> line = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                ENTER,
                "pawl-group",
                folder.resolve("cgroup.procs").toString()));
        line.addAll(command);
        return line;
    }

    /** Kills all that is in it, whatever it does. */
    void kill() {
        try {
            write(folder.resolve("cgroup.kill"), "1");
        } catch (IOException gone) {
            LOG.debug("The control group {} is gone.", folder, gone);
        }
    }

    /** The number of processes in it and in groups that these have made. */
    int members() {
        try (Stream<Path> groups = Files.walk(folder)) {
            return (int) groups.filter(Files::isDirectory)
                    .flatMap(group -> lines(group.resolve("cgroup.procs")).stream())
                    .count();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    /** Whether the kernel has refused it a process or thread since it had as many as it may have. */
    boolean isOutOfTasks() {
        return count("pids.events", "max") > 0;
    }

    /** Whether the kernel has ended it since it had taken the memory that it may take. */
    boolean isOutOfMemory() {
        return count("memory.events", "oom_kill") > 0;
    }

    private long count(String file, String name) {
        return lines(folder.resolve(file)).stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .sum();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Kills all that is in it and removes it; a group from which something cannot be ended stays. */
    @Override
    public void close() {
        kill();
        long end = System.nanoTime() + LONGEST_NS;
        @Nullable IOException busy;
        do {
            busy = remove();
            if (busy != null) {
                LockSupport.parkNanos(LOOK_NS);
            }
        } while (busy != null
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted());
        if (busy != null) {
            LOG.warn("The control group {} cannot be removed: {}", folder, busy.getMessage());
        }
    }

    private @Nullable IOException remove() {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> groups = walk.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path group : groups) {
                Files.delete(group); // its files go with it
            }
            return null;
        } catch (UncheckedIOException e) {
            return Files.exists(folder) ? e.getCause() : null;
        } catch (IOException e) {
            return Files.exists(folder) ? e : null;
        }
    }
}

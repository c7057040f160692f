package dev.pawl.processes.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups of the processes of tasks, below one group of this run of the server in what was delegated to it (ADR 126). Nothing is
 * made before the first process. Safe for many threads.
 */
final class ControlGroups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);
    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");
    private static final String PREFIX = "pawl-tasks-";

    private final Containment containment;
    private final Delegation delegation;
    private final String name;
    private final AtomicLong made = new AtomicLong();
    private boolean prepared;
    private @Nullable Path tasks;
    private String trouble = "";

    /**
     * Makes nothing yet.
     *
     * @param name a name that no other server has
     */
    ControlGroups(Containment containment, Delegation delegation, String name) {
        this.containment = containment;
        this.delegation = delegation;
        this.name = PREFIX + name;
    }

    /** The group of all tasks; empty when tasks get no groups. The first call makes it, and moves the server into a group beside it. */
    synchronized Optional<Path> folder() {
        if (!prepared) {
            prepared = true;
            Path own = delegation.folder();
            if (own != null) {
                try {
                    prepare(own);
                } catch (IOException e) {
                    LOG.warn("No control groups can be made in {}.", own, e);
                    trouble = "no control groups can be made in its own";
                }
            }
            LOG.debug("The control group of tasks: {}.", tasks);
        }
        return Optional.ofNullable(tasks);
    }

    private void prepare(Path own) throws IOException {
        List<String> wanted = new ArrayList<>(CONTROLLERS);
        wanted.retainAll(words(own.resolve("cgroup.controllers")));
        if (!words(own.resolve("cgroup.subtree_control")).containsAll(wanted)) {
            leave(own);
        }
        Path group = Files.createDirectories(own.resolve(name));
        for (String controller : wanted) {
            try {
                ControlGroup.write(own.resolve("cgroup.subtree_control"), "+" + controller);
                ControlGroup.write(group.resolve("cgroup.subtree_control"), "+" + controller);
            } catch (IOException e) { // other processes are in the group, which the kernel does not allow then
                LOG.debug("The controller {} cannot be had in {}.", controller, own, e);
            }
        }
        tasks = group;
    }

    /** Moves the server and what it has started out of the group: one that hands controllers on holds no processes. */
    private static void leave(Path own) throws IOException {
        List<String> inside = Files.readAllLines(own.resolve("cgroup.procs"));
        ProcessHandle server = ProcessHandle.current();
        List<String> ours = Stream.concat(Stream.of(server), server.descendants())
                .map(process -> String.valueOf(process.pid()))
                .filter(inside::contains)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Path procs = Files.createDirectories(own.resolve(Delegation.OF_SERVER)).resolve("cgroup.procs");
        for (String process : ours) {
            try {
                ControlGroup.write(procs, process);
            } catch (IOException gone) {
                LOG.debug("Process {} stays where it is.", process, gone);
            }
        }
    }

    /** The controllers by which tasks are bounded. */
    private static List<String> words(Path file) {
        try {
            return Arrays.asList(Files.readString(file).strip().split(" ", -1));
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Makes the group of a process; null when there are none. */
    @Nullable
    ControlGroup open(Limits limits) {
        Path group = folder().orElse(null);
        if (group == null) {
            return null;
        }
        try {
            ControlGroup opened =
                    new ControlGroup(Files.createDirectory(group.resolve(String.valueOf(made.incrementAndGet()))));
            opened.bound(containment, limits);
            return opened;
        } catch (IOException e) {
            LOG.warn("A process of a task runs without a control group: {}", e.getMessage());
            return null;
        }
    }

    /** Whether tasks are bounded by that controller, as far as is known. */
    synchronized boolean bounds(String controller) {
        Path group = tasks;
        Path own = delegation.folder();
        if (group != null) {
            return words(group.resolve("cgroup.subtree_control")).contains(controller);
        }
        return own != null
                && trouble.isEmpty()
                && words(own.resolve("cgroup.controllers")).contains(controller);
    }

    /** A sentence about how tasks are bounded; it names no folder, since anybody may read it. */
    synchronized String sentence() {
        Path own = delegation.folder();
        if (own == null || !trouble.isEmpty()) {
            return "Processes of tasks are bounded one by one and by a look five times a second: "
                    + (own == null ? delegation.reason() : trouble) + ".";
        }
        List<String> had = CONTROLLERS.stream().filter(this::bounds).toList();
        return "Processes of tasks are ended by control groups"
                + (had.isEmpty() ? "." : ", and bounded by them: " + String.join(", ", had) + ".");
    }

    /** Ends the processes in a group of tasks that an earlier server may have left, and removes it. */
    static int endEarlier(Path folder) {
        Path file = folder.getFileName();
        if (file == null || !file.toString().startsWith(PREFIX) || !Files.isDirectory(folder)) {
            return 0;
        }
        ControlGroup left = new ControlGroup(folder);
        int members = left.members();
        left.close();
        return members;
    }

    @Override
    public synchronized void close() {
        Path group = tasks;
        if (group != null) {
            new ControlGroup(group).close();
        }
        tasks = null;
    }
}

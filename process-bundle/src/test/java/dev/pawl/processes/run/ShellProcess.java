package dev.pawl.processes.run;

import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import dev.pawl.processes.child.ChildEnvironment;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.protocol.MessageParser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Processes of a test that run a script of the shell.
 *
 * @param speaks whether it speaks the protocol and nothing else
 * @param last the process that was started last
 */
record ShellProcess(
        Children children,
        String script,
        boolean speaks,
        boolean keepsResults,
        Duration silence,
        AtomicReference<Child> last)
        implements ModuleProcess {

    /** A script that speaks the protocol. */
    static ShellProcess speaking(Children children, String script) {
        return new ShellProcess(children, script, true, false, Duration.ZERO, new AtomicReference<>());
    }

    /** A script that knows of no protocol. */
    static ShellProcess printing(Children children, String script) {
        return new ShellProcess(children, script, false, false, Duration.ZERO, new AtomicReference<>());
    }

    /** A process that keeps its results. */
    ShellProcess keeping() {
        return new ShellProcess(children, script, speaks, true, silence, last);
    }

    /** A process that must not be silent for longer. */
    ShellProcess neverSilentFor(Duration longest) {
        return new ShellProcess(children, script, speaks, keepsResults, longest, last);
    }

    @Override
    public Child start(TaskContext task) throws IOException {
        Child started = children.start(
                List.of("/bin/sh", "-c", script),
                task.workDir(),
                ChildEnvironment.of(System.getenv(), List.of()),
                new MessageParser(!speaks));
        last.set(started);
        return started;
    }

    @Override
    public Map<String, Object> startFields(TaskContext task) {
        return Map.of();
    }

    @Override
    public boolean listens() {
        return speaks;
    }

    @Override
    public boolean saysDone() {
        return speaks;
    }

    @Override
    public void answer(TaskContext task, String id, Map<String, ?> message) {
        // These scripts wait for none.
    }

    @Override
    public void forget(TaskContext task) {
        // Nothing is on disk.
    }
}

package dev.pawl.processes.child;

import java.nio.file.Path;
import java.util.List;

/**
 * The rules for all processes of tasks, as the operator has set them.
 *
 * @param tasks the number of processes and threads that one task may have
 * @param files the number of files that a process may have open
 * @param cpuPercent the time of the processors that one task may take, in percent of one; 0 for all
 * @param grouped whether tasks get control groups where the machine lets the server make them
 * @param sandbox the rules of the sandbox; empty when there is to be none
 */
public record Containment(int tasks, int files, int cpuPercent, boolean grouped, List<Sandbox> sandbox) {

    /** The rules of a server without settings. */
    public static final Containment USUAL = new Containment(1_000, 4_096, 0, true, List.of());

    public Containment {
        sandbox = List.copyOf(sandbox);
    }

    /**
     * A view of the machine in which only named folders can be written.
     *
     * @param data the data folder of the server, whose own files are not to be seen
     * @param shown folders in it that modules read, such as their own files
     * @param folders the folders besides those of the task in which processes may write
     */
    public record Sandbox(Path data, List<Path> shown, List<Path> folders) {

        public Sandbox {
            shown = List.copyOf(shown);
            folders = List.copyOf(folders);
        }
    }
}

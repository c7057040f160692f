package dev.pawl.processes.java;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command of the JVM of a task. What the JVM itself has to say goes to standard error, since standard output is for messages. */
final class JvmCommand {

    /** The program of the scheduler that such a JVM runs. */
    private static final String PROGRAM = "dev.pawl.scheduler.child.ChildProgram";

    private static final long SMALL = 1L << 30;

    private JvmCommand() {}

    /**
     * The command.
     *
     * @param more further options
     * @param memory the heap in bytes
     */
    static List<String> of(List<Path> jars, long memory, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + memory,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Xshare:auto"));
        if (memory <= SMALL) {
            command.add("-XX:+UseSerialGC");
        }
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Dslf4j.provider=dev.pawl.scheduler.child.ChildLogging",
                "-Dslf4j.internal.verbosity=ERROR"));
        command.addAll(more);
        command.add("-cp");
        command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(PROGRAM);
        return command;
    }

    /** The option that uses an archive of classes, when it is there. */
    static List<String> archived(Path archive) {
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }
}

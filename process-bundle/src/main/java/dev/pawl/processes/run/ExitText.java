package dev.pawl.processes.run;

import dev.pawl.process.Exit;
import java.util.List;

/** The end of a task's process in words. */
final class ExitText {

    /** The words of a JVM that ends itself for this reason. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private ExitText() {}

    /** A sentence about a process that ended before it was to. */
    static String of(int code, boolean saysDone, List<String> lastLines) {
        if (lastLines.stream().anyMatch(line -> line.startsWith(OUT_OF_MEMORY))) {
            return "The JVM of the task ran out of memory; the field memory of its module allows more.";
        }
        Exit exit = Exit.of(code, lastLines);
        String how = exit.signal() == null
                ? "The process ended with exit code " + code + (saysDone ? " before it said that it was done" : "")
                : "The process was ended by " + exit.signal()
                        + (exit.killedBy("SIGKILL") ? ", probably since memory ran out" : "");
        return lastLines.isEmpty()
                ? how + "."
                : how + ". The last lines of its standard error:\n" + String.join("\n", lastLines);
    }
}

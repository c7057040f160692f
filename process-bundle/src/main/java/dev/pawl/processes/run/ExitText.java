package dev.pawl.processes.run;

import java.util.List;
import java.util.Map;

/** The end of a process in words. */
final class ExitText {

    private static final int SIGNALS_FROM = 128;
    private static final int KILLED = 137;
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    /** The words of a JVM that ends itself for this reason. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private ExitText() {}

    /** A sentence about a process that ended before it was to. */
    static String of(int code, boolean saysDone, List<String> lastLines) {
        boolean outOfMemory = lastLines.stream().anyMatch(line -> line.startsWith(OUT_OF_MEMORY));
        if (outOfMemory) {
            return "The JVM of the task ran out of memory; the field memory of its module allows more.";
        }
        String signal = SIGNALS.get(code - SIGNALS_FROM);
        String how = signal == null
                ? "The process ended with exit code " + code + (saysDone ? " before it said that it was done" : "")
                : "The process was ended by " + signal + (code == KILLED ? ", probably since memory ran out" : "");
        return lastLines.isEmpty()
                ? how + "."
                : how + ". The last lines of its standard error:\n" + String.join("\n", lastLines);
    }
}

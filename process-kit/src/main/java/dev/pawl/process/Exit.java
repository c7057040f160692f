package dev.pawl.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a program.
 *
 * @param code its exit code; 128 and the signal's number when a signal ended it
 * @param signal the signal's name, such as {@code SIGSEGV}; null when it ended by itself
 * @param timedOut whether it was ended because it had run for longer than it was to
 * @param lastLines the last lines of its output, both streams in the order in which they came
 */
public record Exit(int code, @Nullable String signal, boolean timedOut, List<String> lastLines) {

    private static final int SIGNALS_FROM = 128;
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
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    public Exit {
        lastLines = List.copyOf(lastLines);
    }

    /** The end of a program with that exit code, as Java and shells give it: above 128 a signal ended it. */
    public static Exit of(int code, List<String> lastLines) {
        return new Exit(code, SIGNALS.get(code - SIGNALS_FROM), false, lastLines);
    }

    Exit asLate() {
        return new Exit(code, signal, true, lastLines);
    }

    /** Whether it ended by itself with exit code 0. */
    public boolean isSuccess() {
        return code == 0 && !timedOut;
    }

    /** Whether that signal ended it. */
    public boolean killedBy(String name) {
        return name.equals(signal);
    }

    /** The end in words that follow the program's name, with the last lines of its output. */
    public String sentence() {
        String end = timedOut
                ? "was ended since it took too long"
                : signal == null ? "ended with exit code " + code : "was ended by " + signal;
        return lastLines.isEmpty() ? end + " and said nothing." : end + ": " + String.join("\n", lastLines);
    }
}

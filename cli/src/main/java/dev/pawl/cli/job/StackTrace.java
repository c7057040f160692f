package dev.pawl.cli.job;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A stack trace as text. */
final class StackTrace {
    private static final int MOST_FRAMES = 8;

    /** A line with a frame; the loader and the Java module before the class are not of interest. */
    private static final Pattern FRAME = Pattern.compile("\\s+at .*");

    /** The classes that run modules: the JDK and the server. */
    private static final Pattern PLATFORM = Pattern.compile(
            "\\s+at (?:.*/)?(?:java|javax|jdk|sun|com\\.sun)\\..*|\\s+at (?:.*/)?dev\\.pawl\\.(?:scheduler|base|guard)\\..*");

    /** Exceptions whose message a module wrote for people. */
    private static final Pattern SAID_BY_MODULE =
            Pattern.compile("dev\\.pawl\\.api\\.module\\.(?:Validation|Run|Cleanup|Initialization)Exception: .*");

    private final List<String> lines;

    StackTrace(String text) {
        lines = text.isBlank() ? List.of() : text.stripTrailing().lines().toList();
    }

    List<String> lines() {
        return lines;
    }

    /**
     * The exceptions with the module's own frames, without the JDK's and the server's. None when the module itself says what is wrong, in
     * words for people, and there is no cause below.
     */
    List<String> ofModule() {
        boolean isSaid =
                !lines.isEmpty() && SAID_BY_MODULE.matcher(lines.get(0)).matches();
        if (lines.isEmpty() || (isSaid && lines.stream().noneMatch(line -> line.startsWith("Caused by: ")))) {
            return List.of();
        }
        List<String> own = new ArrayList<>();
        int frames = 0;
        for (String line : lines) {
            if (!FRAME.matcher(line).matches()) {
                frames = 0;
                if (!line.strip().startsWith("... ")) {
                    own.add(line);
                }
            } else if (!PLATFORM.matcher(line).matches() && frames++ < MOST_FRAMES) {
                own.add("    " + line.strip());
            }
        }
        return own;
    }
}

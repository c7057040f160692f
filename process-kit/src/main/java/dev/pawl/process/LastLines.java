package dev.pawl.process;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines of an output; long ones are cut. Safe for many threads. */
final class LastLines {

    private static final int MOST_CHARACTERS = 1_000;

    private final int most;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    LastLines(int most) {
        this.most = most;
    }

    synchronized void add(String line) {
        if (most == 0 || line.isBlank()) {
            return;
        }
        if (lines.size() == most) {
            lines.removeFirst();
        }
        lines.addLast(line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…");
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}

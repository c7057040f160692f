package dev.pawl.scheduler.artifact;

import java.util.ArrayList;
import java.util.List;

/** The files that are not kept, in words: the first few by name, and the number of the others. */
final class LeftOut {

    private static final int MOST_NAMED = 10;

    private final List<String> lines = new ArrayList<>();
    private long others;

    void add(String name, String why) {
        if (lines.size() < MOST_NAMED) {
            lines.add("The artifact " + name + " is not kept: " + why + ".");
        } else {
            others++;
        }
    }

    /** A line for each, and a last one for the others. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (others > 0) {
            all.add(others + " more files are not kept, for such reasons.");
        }
        return all;
    }
}

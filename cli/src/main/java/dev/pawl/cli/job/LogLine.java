package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;

/** Formats entries of a job's log for people: time, level, message; further lines of a message are indented below its first. */
public final class LogLine {
    private static final int LEVEL_WIDTH = 7;

    private final Screen screen;
    private final Times times;

    public LogLine(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
    }

    /** Writes an entry. */
    public void write(JsonNode entry) {
        String time = times.exact(JsonTrees.text(entry, "timestamp"));
        String level = JsonTrees.text(entry, "level");
        Colour colour = Colour.ofLevel(level);
        String start = screen.paint(Colour.DIM, time) + " "
                + screen.paint(colour == Colour.PLAIN ? Colour.GREEN : colour, padded(level)) + " ";
        String indent = " ".repeat(time.length() + LEVEL_WIDTH + 2);
        String[] lines = JsonTrees.text(entry, "message").split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            screen.line((i == 0 ? start : indent) + screen.paint(colour, PlainText.oneLine(lines[i])));
        }
    }

    private static String padded(String level) {
        return level + " ".repeat(Math.max(0, LEVEL_WIDTH - level.length()));
    }
}

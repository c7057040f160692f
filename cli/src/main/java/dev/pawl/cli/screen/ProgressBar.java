package dev.pawl.cli.screen;

import java.util.Locale;

/** A progress bar on one line. */
public final class ProgressBar {
    private static final int LENGTH = 24;
    private static final String BLOCKS = "█░";

    private ProgressBar() {}

    /**
     * Draws the line.
     *
     * @param percent 0 to 100; a value outside is clamped
     * @param note the text after the bar, cut when there is not enough room
     */
    public static String line(double percent, String note, Terminal terminal) {
        double within = Math.max(0, Math.min(100, percent));
        int done = (int) Math.floor(LENGTH * within / 100);
        boolean blocks = terminal.shows(BLOCKS);
        String bar = blocks
                ? Colour.CYAN.paint("█".repeat(done), terminal) + Colour.DIM.paint("░".repeat(LENGTH - done), terminal)
                : "[" + "#".repeat(done) + "-".repeat(LENGTH - done) + "]";
        String figure = String.format(Locale.ROOT, "%4d %%", (int) Math.floor(within));
        int room = terminal.width() - LENGTH - (blocks ? 0 : 2) - figure.length() - 3;
        return bar + figure + "  " + PlainText.cut(PlainText.oneLine(note), room);
    }
}

package dev.pawl.cli.store;

import dev.pawl.cli.screen.ProgressBar;
import dev.pawl.cli.screen.Screen;
import dev.pawl.launch.StoreMigration;

/** The progress of a migration: a bar on a terminal, a line for each kind of records in a pipe. */
final class MigrationProgress implements StoreMigration.Progress {

    private static final long EVERY_NS = 100_000_000;
    private static final double WHOLE = 100;

    private final Screen screen;
    private final boolean isShown;
    private String last = "";
    private long shownAt = System.nanoTime() - EVERY_NS;

    /** @param isShown whether anything but the answer is written */
    MigrationProgress(Screen screen, boolean isShown) {
        this.screen = screen;
        this.isShown = isShown;
    }

    @Override
    public void at(String doing, long done, long all) {
        if (!isShown) {
            return;
        }
        long now = System.nanoTime();
        boolean isNext = !doing.equals(last);
        if (screen.terminal().interactive()) {
            if (isNext || now - shownAt >= EVERY_NS) {
                shownAt = now;
                screen.passing(ProgressBar.line(all == 0 ? WHOLE : WHOLE * done / all, doing, screen.terminal()));
            }
        } else if (isNext) {
            screen.note(doing + " (" + done + " of " + all + " steps)");
        }
        last = doing;
    }
}

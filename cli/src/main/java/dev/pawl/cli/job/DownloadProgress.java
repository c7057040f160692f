package dev.pawl.cli.job;

import dev.pawl.cli.screen.ProgressBar;
import dev.pawl.cli.screen.Screen;
import java.util.Locale;

/** The progress of a download, as a bar on a terminal. */
final class DownloadProgress {
    private static final double MEGABYTE = 1_000_000;
    private static final long EVERY_NS = 100_000_000;
    private static final double WHOLE = 100;

    private final Screen screen;
    private final long bytes;
    private String name = "";
    private long received;
    private long shownAt = System.nanoTime() - EVERY_NS;

    /** @param bytes the size of everything */
    DownloadProgress(Screen screen, long bytes) {
        this.screen = screen;
        this.bytes = bytes;
    }

    /** Begins with a file. */
    void next(String file) {
        name = file;
    }

    /** Adds bytes that were received. */
    void add(long more) {
        received += more;
        long now = System.nanoTime();
        if (now - shownAt >= EVERY_NS) {
            shownAt = now;
            screen.passing(ProgressBar.line(
                    bytes == 0 ? WHOLE : WHOLE * received / bytes,
                    megabytes(received) + " of " + megabytes(bytes) + "  " + name,
                    screen.terminal()));
        }
    }

    /** A size as people read it. */
    static String megabytes(long size) {
        return String.format(Locale.ROOT, "%.1f MB", size / MEGABYTE);
    }
}

package dev.pawl.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Advises what to do about a place that cannot be written to: a full disk is not a matter of permissions. */
public final class UnwritableReason {

    /** The free space below which a file system counts as full, whatever the error says. */
    private static final long FULL_BYTES = 64 * 1024;

    private UnwritableReason() {}

    /** The advice for a full disk, or else the given one. */
    public static String advice(Path place, IOException error, String otherwise) {
        return isFull(place, error) ? "The disk is full: make room on the file system of " + place + "." : otherwise;
    }

    private static boolean isFull(Path place, IOException error) {
        String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || isFull(place);
    }

    private static boolean isFull(Path place) {
        Path there = place.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there != null && Files.getFileStore(there).getUsableSpace() < FULL_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}

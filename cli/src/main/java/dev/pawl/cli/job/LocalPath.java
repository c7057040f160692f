package dev.pawl.cli.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The places of downloaded artifacts: within one folder, whatever their names are. */
final class LocalPath {
    private static final String OF_WINDOWS = "\\:*?\"<>|";

    private final Path folder;

    /** @param folder an existing folder */
    LocalPath(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    /** The place of an artifact, whose folder is made; control characters of its name, which could harm a terminal, become {@code _}. */
    Path of(String artifact) throws IOException {
        Path place = folder;
        for (String segment : artifact.split("/", -1)) {
            place = place.resolve(safe(segment, artifact));
        }
        Path parent = place.getParent();
        if (parent == null || !place.startsWith(folder) || place.equals(folder)) {
            throw refused(artifact);
        }
        Files.createDirectories(parent);
        if (!parent.toRealPath().equals(parent) || Files.isSymbolicLink(place)) {
            throw new IOException("a link in " + folder + " leads elsewhere; remove it, or choose another folder");
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(place + " is a folder; choose another folder for the download");
        }
        return place;
    }

    private static String safe(String segment, String artifact) throws IOException {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw refused(artifact);
        }
        StringBuilder safe = new StringBuilder();
        segment.codePoints().forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '_'));
        try {
            return Path.of(safe.toString()).toString();
        } catch (InvalidPathException e) {
            throw new IOException("this machine cannot have a file of that name: " + e.getReason(), e);
        }
    }

    private static boolean isSafe(int c) {
        return !Character.isISOControl(c) && (File.separatorChar == '/' || OF_WINDOWS.indexOf(c) < 0);
    }

    private static IOException refused(String artifact) {
        return new IOException("the name " + artifact + " would lead out of the folder");
    }
}

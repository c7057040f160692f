package dev.pawl.samples.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The lines of the list that is the last entry of each archive. Files are listed as {@code sha256sum} lists them, so that {@code sha256sum
 * -c} can check an unpacked archive; folders and links are comments to it.
 */
final class Manifest {

    /** The name of the list's entry. */
    static final String NAME = "manifest.sha256";

    /** The folder of the archive that has everything else. */
    static final String DATA = "data/";

    private Manifest() {}

    /** The first line. */
    static String head() {
        return "# pawl backup 1\n";
    }

    /** The line of a file. */
    static String file(TarArchiveEntry entry, MessageDigest content) {
        String name = entry.getName();
        String escaped = escaped(name);
        String mark = escaped.equals(name) ? "" : "\\"; // as sha256sum marks escaped names
        return mark + HexFormat.of().formatHex(content.digest()) + "  " + escaped + "\n" + attributes(entry, "file");
    }

    /** Whether an entry is a regular file with content of its own. */
    static boolean isFile(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
    }

    /** The line of a folder or link. */
    static String other(TarArchiveEntry entry) {
        return attributes(entry, entry.isDirectory() ? "folder" : "link");
    }

    private static String attributes(TarArchiveEntry entry, String kind) {
        String target = entry.isSymbolicLink() ? " -> " + escaped(entry.getLinkName()) : "";
        return "# " + kind + " " + Integer.toOctalString(entry.getMode() & 07777) + " "
                + entry.getLastModifiedTime().toInstant() + " " + entry.getSize() + " " + escaped(entry.getName())
                + target
                + "\n";
    }

    /** The last line, without which the list is not whole. */
    static String foot(long entries, long bytes) {
        return "# end " + entries + " entries, " + bytes + " bytes\n";
    }

    /** Escapes what would break a line. */
    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** The digest for a file's content. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A line as bytes. */
    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}

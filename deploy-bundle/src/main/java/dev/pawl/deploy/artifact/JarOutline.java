package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Checks the list of a jar's entries, which shows within milliseconds whether unpacking the jar would do harm. The contents of the entries
 * are read later, by {@link JarContents}.
 */
public final class JarOutline {

    /** The unpacked size limit of a jar, including its embedded jars. */
    static final long LARGEST_UNPACKED_BYTES = 1L << 30;

    private static final int MOST_ENTRIES = 65_535;
    /** The unpacked size up to which any compression ratio is allowed. */
    private static final long HARMLESS_UNPACKED_BYTES = 16L << 20;
    /** The greatest compression ratio; class files and texts have 2 to 10. */
    private static final long GREATEST_RATIO = 100;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private JarOutline() {}

    /** Checks a jar; throws a {@link ProblemException} that says what is wrong. */
    public static void check(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw refusal("it has " + zip.size() + " entries, more than " + MOST_ENTRIES);
            }
            Set<String> names = new HashSet<>();
            long packed = Files.size(jar);
            long unpacked = 0;
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                checkName(entry.getName());
                boolean isFolder =
                        entry.isDirectory() && entry.getSize() == 0; // build tools that merge jars repeat these
                if (!names.add(entry.getName()) && !isFolder) {
                    throw refusal("it has the entry " + entry.getName() + " twice");
                }
                unpacked += Math.max(0, entry.getSize());
                checkSize(unpacked, packed);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Throws when a jar, or the part read so far, exceeds the unpacked size limit. */
    public static void checkSize(long unpacked, long packed) {
        if (unpacked > HARMLESS_UNPACKED_BYTES && unpacked / GREATEST_RATIO > packed) {
            throw refusal("it unpacks to more than " + GREATEST_RATIO + " times its size, as zip bombs do");
        }
        if (unpacked > LARGEST_UNPACKED_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The jar unpacks to more than " + (LARGEST_UNPACKED_BYTES >> 20) + " MiB.");
        }
    }

    static ProblemException refusal(String why) {
        return new ProblemException(ProblemCode.NOT_A_BUNDLE, "The jar is refused: " + why + ".");
    }

    static ProblemException damaged(String entry) {
        String why = "its entry " + entry + " is damaged";
        return new ProblemException(
                ProblemCode.NOT_A_BUNDLE, "The jar is refused: " + why + ".", new ZipException(why));
    }

    static ProblemException unreadable(IOException why) {
        return new ProblemException(
                ProblemCode.NOT_A_BUNDLE, "The file is not a readable jar: " + why.getMessage() + ".", why);
    }

    private static void checkName(String name) {
        boolean leaves = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || DRIVE.matcher(name).matches()
                || List.of(name.split("/")).contains("..");
        if (leaves) {
            throw refusal(
                    "its entry " + name.replace('\0', '?') + " leads out of the folder into which it is unpacked");
        }
    }
}

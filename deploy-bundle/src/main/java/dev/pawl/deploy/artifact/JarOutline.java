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
 * The list of a jar's entries, which says within milliseconds what would make the jar harm whoever unpacks it. What the entries hold is
 * read later, by {@link JarContents}.
 */
public final class JarOutline {

    /** The most bytes that a jar may unpack to, with the jars inside. */
    static final long LARGEST_UNPACKED_BYTES = 1L << 30;

    private static final int MOST_ENTRIES = 65_535;
    /** Up to here a jar may be packed as tightly as it likes. */
    private static final long HARMLESS_UNPACKED_BYTES = 16L << 20;
    /** Class files and texts come to 2 to 10. */
    private static final long GREATEST_RATIO = 100;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private JarOutline() {}

    /** Throws a {@link ProblemException} that says what is wrong. */
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
                        entry.isDirectory() && entry.getSize() == 0; // which build tools repeat when they merge jars
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

    /** Throws when a jar, or so much of it as was looked at, unpacks to too much. */
    static void checkSize(long unpacked, long packed) {
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
                ProblemCode.NOT_A_BUNDLE, "The file is no readable jar: " + why.getMessage() + ".", why);
    }

    private static void checkName(String name) {
        boolean leaves = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || DRIVE.matcher(name).matches()
                || List.of(name.split("/")).contains("..");
        if (leaves) {
            throw refusal("its entry " + name.replace('\0', '?') + " leads out of the folder it is unpacked to");
        }
    }
}

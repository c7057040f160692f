package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks the contents of a jar, and of the embedded jars on its class path, by reading them to the end: they must be undamaged, within the
 * unpacked size limit, and not compiled for a newer Java.
 */
public final class JarContents {

    private static final int BUFFER_BYTES = 64 << 10;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Path outer;
    private final long packed;
    private long unpacked;

    private JarContents(Path outer, long packed) {
        this.outer = outer;
        this.packed = packed;
    }

    /**
     * Checks a jar; throws a {@link ProblemException} that says what is wrong.
     *
     * @param jar the jar; embedded jars are unpacked beside it for a moment, under hidden names
     * @param classPath the entries of its Bundle-ClassPath
     */
    public static void check(Path jar, Set<String> classPath) {
        try {
            new JarContents(jar, Files.size(jar)).read(jar, "", classPath);
        } catch (IOException e) {
            throw JarOutline.unreadable(e);
        }
    }

    /** Whether a file is a complete jar; one that is still being written is not. */
    public static boolean isWhole(Path jar) {
        try {
            JarOutline.check(jar);
            check(jar, Set.of());
            return true;
        } catch (ProblemException e) {
            return !(e.getCause() instanceof IOException); // other defects do not go away by waiting
        } catch (IllegalArgumentException garbled) {
            return false;
        }
    }

    private void read(Path jar, String prefix, Set<String> classPath) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".jar") && classPath.contains(entry.getName())) {
                    readInside(zip, entry);
                } else {
                    read(zip, entry, prefix, OutputStream.nullOutputStream());
                }
            }
        }
    }

    /** The framework will unpack it too, when the bundle is used. */
    private void readInside(ZipFile zip, ZipEntry entry) throws IOException {
        Path copy = outer.resolveSibling(Artifacts.temporaryName());
        try {
            try (OutputStream out = Files.newOutputStream(copy)) {
                read(zip, entry, "", out);
            }
            read(copy, entry.getName() + "!/", Set.of());
        } catch (IOException e) {
            throw JarOutline.refusal("its embedded jar " + entry.getName() + " cannot be read: " + e.getMessage());
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void read(ZipFile zip, ZipEntry entry, String prefix, OutputStream out) throws IOException {
        CRC32 crc = new CRC32();
        boolean first = true;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (first) {
                    ClassVersion.check(prefix, entry.getName(), buffer, read);
                    first = false;
                }
                crc.update(buffer, 0, read);
                out.write(buffer, 0, read);
                unpacked += read;
                JarOutline.checkSize(unpacked, packed);
            }
        }
        if (entry.getCrc() != crc.getValue()) {
            throw JarOutline.damaged(prefix + entry.getName());
        }
    }
}

package dev.pawl.processes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The files of a folder inside a bundle, unpacked into the bundle's own data area before the first use: the framework removes them with the
 * bundle. A file that begins as a script or an ELF program does is made executable, since archives do not say so. Safe for many threads.
 */
final class ModuleFiles {

    private static final byte[] ELF = {0x7F, 'E', 'L', 'F'};
    private static final int MAGIC = 4;

    private final Bundle bundle;
    private final String entries;
    private @Nullable Path unpacked;

    /** The files of a module's bundle. */
    ModuleFiles(Bundle bundle) {
        this(bundle, "module");
    }

    /** @param entries the folder in the bundle */
    ModuleFiles(Bundle bundle, String entries) {
        this.bundle = bundle;
        this.entries = entries;
    }

    /** The folder with the files; they are there when this returns. */
    synchronized Path folder() throws IOException {
        Path known = unpacked;
        if (known != null) {
            return known;
        }
        File area = bundle.getDataFile(entries);
        if (area == null) {
            throw new IOException("The framework has no files.");
        }
        Path folder = area.toPath().toAbsolutePath();
        Path complete = folder.resolveSibling(entries + ".complete-" + bundle.getLastModified());
        if (!Files.exists(complete)) {
            unpack(folder);
            Files.createFile(complete);
        }
        unpacked = folder;
        return folder;
    }

    private void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        Enumeration<URL> all = bundle.findEntries(entries, "*", true);
        if (all == null) {
            return;
        }
        for (URL entry : Collections.list(all)) {
            String name = entry.getPath().substring(entries.length() + 2);
            Path file = folder.resolve(name).normalize();
            if (name.isEmpty() || !file.startsWith(folder)) {
                continue; // the folder itself; the deployer refuses names that lead out
            }
            if (name.endsWith("/")) {
                Files.createDirectories(file);
            } else {
                write(entry, file);
            }
        }
    }

    private static void write(URL entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = entry.openStream()) {
            Files.write(file, in.readAllBytes());
        }
        if (isProgram(file)) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private static boolean isProgram(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(MAGIC);
            boolean script = begin.length > 2 && begin[0] == '#' && begin[1] == '!';
            return script || java.util.Arrays.equals(begin, ELF);
        }
    }
}

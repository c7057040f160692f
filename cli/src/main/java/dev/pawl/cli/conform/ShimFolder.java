package dev.pawl.cli.conform;

import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files by which programs speak with the server, from the bundle of this installation that has them. */
final class ShimFolder {

    private static final String ENTRIES = "shims/";

    private ShimFolder() {}

    /** Unpacks them into a folder. */
    static Path in(Path folder) throws UsageException, IOException {
        String home = System.getProperty("pawl.home");
        Path bundles = Path.of(home == null ? "" : home, "bundles");
        if (home != null && Files.isDirectory(bundles)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(bundles, "process-bundle-*.jar")) {
                for (Path bundle : found) {
                    unpack(bundle, folder);
                    return folder.resolve(ENTRIES);
                }
            }
        }
        throw new UsageException(
                "This installation has only the command; a module is tried by one that has the server too.");
    }

    private static void unpack(Path bundle, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file = folder.resolve(entry.getName()).normalize();
                Path parent = file.getParent();
                if (entry.getName().startsWith(ENTRIES)
                        && !entry.isDirectory()
                        && parent != null
                        && file.startsWith(folder)) {
                    Files.createDirectories(parent);
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(parent.endsWith("bin") ? "rwx------" : "rw-------"));
                }
            }
        }
    }
}

package dev.pawl.samples.browser;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which browsers keep their files while they live. They lie in the machine's folder for temporary files, since the path of a
 * browser's socket must be short, and are named by the process that made them.
 */
final class Profiles {

    private static final String PREFIX = "pawl-browser-";
    private static final int ROUNDS = 5;

    private Profiles() {}

    private static Path place() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** A new, empty folder that only this user may enter. */
    static Path create() throws IOException {
        return Files.createTempDirectory(
                place(), PREFIX + ProcessHandle.current().pid() + "-");
    }

    /** Removes a folder; a process of the browser that is just ending may write into it meanwhile, so a few times. */
    static void remove(Path profile) {
        for (int round = 0; round < ROUNDS && Files.exists(profile); round++) {
            try {
                Files.walkFileTree(profile, new Removal());
            } catch (IOException busy) {
                // the next round, or the next start of the module
            }
        }
    }

    /** Removes what processes that no longer live have left. */
    static void removeLeftovers() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(place(), PREFIX + "*")) {
            for (Path profile : found) {
                if (isLeftover(profile)) {
                    remove(profile);
                }
            }
        } catch (IOException unreadable) {
            // then nothing of ours is there
        }
    }

    private static boolean isLeftover(Path profile) {
        String[] parts =
                profile.getFileName().toString().substring(PREFIX.length()).split("-", 2);
        try {
            return ProcessHandle.of(Long.parseLong(parts[0])).isEmpty();
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}

package dev.pawl.samples.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/**
 * Finds what a folder has and its copy does not: a file that appeared or changed while it was copied must not be deleted with the folder.
 * Files are compared by size and time, as {@code rsync} does.
 */
final class Resemblance {

    /** FAT keeps times to two seconds. */
    private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

    private Resemblance() {}

    /** Whether everything in the folder is in its copy too; the copy may have more. */
    static boolean isCovered(Path folder, Path copy) throws IOException {
        boolean[] covered = {true};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                covered[0] = isSame(file, attributes, copy.resolve(folder.relativize(file)));
                return covered[0] ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                covered[0] = inner.equals(folder)
                        || Files.isDirectory(copy.resolve(folder.relativize(inner)), LinkOption.NOFOLLOW_LINKS);
                return covered[0] ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }
        });
        return covered[0];
    }

    private static boolean isSame(Path file, BasicFileAttributes attributes, Path copy) throws IOException {
        BasicFileAttributes other;
        try {
            other = Files.readAttributes(copy, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            return false;
        }
        if (attributes.isSymbolicLink()) {
            return other.isSymbolicLink() && Files.readSymbolicLink(file).equals(Files.readSymbolicLink(copy));
        }
        Duration apart = Duration.between(
                attributes.lastModifiedTime().toInstant(),
                other.lastModifiedTime().toInstant());
        return other.isRegularFile()
                && attributes.size() == other.size()
                && apart.abs().compareTo(COARSEST_TIME) <= 0;
    }
}

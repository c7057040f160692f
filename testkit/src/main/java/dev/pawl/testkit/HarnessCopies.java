package dev.pawl.testkit;

import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Copies of a harness's job, one after the other, each with a work folder of its own. */
final class HarnessCopies implements AutoCloseable {

    private final JobHarness original;
    private final @Nullable Path folder;
    private int made;

    HarnessCopies(JobHarness original) {
        this.original = original;
        try {
            folder = original.givenWorkDir().isPresent() ? Files.createTempDirectory("pawl-rehearsal-") : null;
        } catch (IOException e) {
            throw new UncheckedIOException("The rehearsal has no folder for the work folders of its jobs.", e);
        }
    }

    /** The next copy. */
    JobHarness next() {
        if (folder == null) {
            return original.copy(null);
        }
        made++;
        Path work = folder.resolve(String.valueOf(made));
        original.givenWorkDir().ifPresent(given -> copy(given, work));
        return original.copy(work);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectory(to);
            Files.walkFileTree(from, new Copying(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder " + from + " cannot be copied.", e);
        }
    }

    @Override
    public void close() {
        try {
            if (folder != null) {
                FileTree.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The work folders of the rehearsal in " + folder + " cannot be deleted.", e);
        }
    }

    private static final class Copying extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copying(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
        }
    }
}

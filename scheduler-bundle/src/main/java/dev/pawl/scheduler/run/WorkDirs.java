package dev.pawl.scheduler.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of jobs: made when first asked for, deleted when the job has ended. */
public final class WorkDirs {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirs.class);

    private final Path root;

    /** Keeps them in one folder. */
    public WorkDirs(Path root) {
        this.root = root;
    }

    Path of(UUID job) {
        try {
            return Files.createDirectories(root.resolve(job.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder of job " + job + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Whether the job has a folder. */
    public boolean exists(UUID job) {
        return Files.exists(root.resolve(job.toString()));
    }

    /** Deletes a job's folder with all in it; harmless when there is none. Links are deleted, not followed. */
    public void delete(UUID job) {
        Path dir = root.resolve(job.toString());
        if (!Files.exists(dir)) {
            return;
        }
        try {
            Files.walkFileTree(dir, new Deletion());
        } catch (IOException e) {
            LOG.warn("The work folder {} cannot be deleted: {}", dir, e.toString());
        }
    }

    /** Deletes the folders of jobs that have ended: what a process that was killed left behind. */
    public void sweep(Predicate<UUID> alive) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> dirs = Files.list(root)) {
            List<String> names =
                    dirs.map(dir -> String.valueOf(dir.getFileName())).toList();
            names.stream()
                    .map(WorkDirs::jobOf)
                    .filter(job -> job != null && !alive.test(job))
                    .forEach(this::delete);
        } catch (IOException e) {
            LOG.warn("The work folders in {} cannot be listed: {}", root, e.toString());
        }
    }

    private static @Nullable UUID jobOf(String name) {
        try {
            return UUID.fromString(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}

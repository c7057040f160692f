package dev.pawl.scheduler.run;

import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work folders of jobs: made at first use, deleted when the job has ended. */
public final class WorkDirs {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirs.class);

    private final Path root;
    private final Set<UUID> present = ConcurrentHashMap.newKeySet();

    /** Keeps the folders in one folder, and takes up those that are there. */
    public WorkDirs(Path root) {
        this.root = root;
        present.addAll(found());
    }

    Path of(UUID job) {
        try {
            present.add(job);
            return Files.createDirectories(place(job));
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder of job " + job + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** The place of a job's folder, whether it is there or not. */
    Path place(UUID job) {
        return root.resolve(job.toString());
    }

    /** The jobs that have a folder. */
    Set<UUID> jobs() {
        return Set.copyOf(present);
    }

    /** Whether the job has a folder; does not ask the disk. */
    public boolean exists(UUID job) {
        return present.contains(job);
    }

    /** Deletes a job's folder with all in it; harmless when there is none. Links are deleted, not followed. */
    public void delete(UUID job) {
        Path dir = place(job);
        present.remove(job);
        if (!Files.exists(dir)) {
            return;
        }
        try {
            FileTree.delete(dir);
        } catch (IOException e) {
            LOG.warn("The work folder {} cannot be deleted: {}", dir, e.toString());
        }
    }

    private List<UUID> found() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> dirs = Files.list(root)) {
            List<UUID> jobs = new ArrayList<>();
            dirs.forEach(dir -> {
                UUID job = jobOf(String.valueOf(dir.getFileName()));
                if (job != null) {
                    jobs.add(job);
                }
            });
            return jobs;
        } catch (IOException e) {
            LOG.warn("The work folders in {} cannot be listed: {}", root, e.toString());
            return List.of();
        }
    }

    private static @Nullable UUID jobOf(String name) {
        try {
            return UUID.fromString(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

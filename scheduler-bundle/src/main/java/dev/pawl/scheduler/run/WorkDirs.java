package dev.pawl.scheduler.run;

import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work folders of jobs: made at first use, deleted when the job has ended. Where servers share the store, a mark beside each folder has the epoch of
 * the last run that had it: a folder that a later run elsewhere did not have is out of date. Safe for many threads.
 */
public final class WorkDirs {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirs.class);

    private static final String MARK = ".run";

    private final Path root;
    private final boolean areMarked;
    private final Map<UUID, Use> present = new ConcurrentHashMap<>();

    /**
     * The use of a folder by this process.
     *
     * @param epoch the last run that had it; 0 for none
     * @param madeBy the run that made it; 0 for one before this process, or elsewhere
     * @param task the task of that run
     */
    private record Use(long epoch, long madeBy, int task) {

        static final Use NONE = new Use(0, 0, 0);

        Use by(long run) {
            return new Use(run, madeBy, task);
        }
    }

    /**
     * Keeps the folders in one folder, and takes up those that are there.
     *
     * @param areMarked whether runs of these jobs may be on other servers
     */
    public WorkDirs(Path root, boolean areMarked) {
        this.root = root;
        this.areMarked = areMarked;
        found().forEach(job -> present.put(job, Use.NONE));
    }

    /**
     * Begins a run of a job that has run before. A folder that is out of date is deleted.
     *
     * @return whether one was
     */
    boolean begin(UUID job, long epoch) {
        if (!areMarked) {
            present.computeIfPresent(job, (id, use) -> use.by(epoch));
            return false;
        }
        if (!Files.isDirectory(place(job))) {
            return false;
        }
        boolean isOutOfDate = mark(job) != epoch - 1;
        if (isOutOfDate) {
            delete(job);
        } else {
            present.put(job, Use.NONE.by(epoch));
            handOn(job, epoch);
        }
        return isOutOfDate;
    }

    private void handOn(UUID job, long epoch) {
        try {
            mark(job, epoch);
        } catch (
                UncheckedIOException e) { // such as a full disk: this run has the folder, and the next one an empty one
            LOG.warn("{}", e.getMessage());
        }
    }

    /** The folder of a job for a task of a run, made when there is none. */
    Path of(UUID job, long epoch, int task) {
        present.compute(job, (id, use) -> {
            Path dir = place(job);
            if (Files.isDirectory(dir)) {
                return (use == null ? Use.NONE : use).by(epoch);
            }
            if (areMarked) {
                mark(job, epoch); // before the folder is there, so that none is without
            }
            make(dir, job);
            return new Use(epoch, epoch, task);
        });
        return place(job);
    }

    private static void make(Path dir, UUID job) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder of job " + job + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Whether that task of that run made the folder, so that nothing is in it which an earlier run or task left. */
    boolean isFresh(UUID job, long epoch, int task) {
        return new Use(epoch, epoch, task).equals(present.get(job));
    }

    /** The last run of this process that had the folder; 0 for none. */
    long lastRun(UUID job) {
        return present.getOrDefault(job, Use.NONE).epoch();
    }

    /** Whether a later run of the job than the last one that had the folder was on another server. */
    boolean isOutOfDate(UUID job, long lastEpoch) {
        return areMarked && mark(job) != lastEpoch;
    }

    private Path markOf(UUID job) {
        return root.resolve(job + MARK);
    }

    private long mark(UUID job) {
        try {
            return Long.parseLong(Files.readString(markOf(job)).strip());
        } catch (IOException | NumberFormatException e) { // then nobody knows what the folder is
            return -1;
        }
    }

    private void mark(UUID job, long epoch) {
        try {
            Files.createDirectories(root);
            Files.writeString(markOf(job), epoch + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder of job " + job + " cannot be marked: " + e.getMessage(), e);
        }
    }

    /** The place of a job's folder, whether it is there or not. */
    Path place(UUID job) {
        return root.resolve(job.toString());
    }

    /** The jobs that have a folder. */
    Set<UUID> jobs() {
        return Set.copyOf(present.keySet());
    }

    /** Whether the job has a folder; does not ask the disk. */
    public boolean exists(UUID job) {
        return present.containsKey(job);
    }

    /** Deletes a job's folder with all in it; harmless when there is none. Links are deleted, not followed. */
    public void delete(UUID job) {
        Path dir = place(job);
        present.remove(job);
        try {
            if (Files.exists(dir)) {
                FileTree.delete(dir);
            }
            if (areMarked) {
                Files.deleteIfExists(markOf(job));
            }
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

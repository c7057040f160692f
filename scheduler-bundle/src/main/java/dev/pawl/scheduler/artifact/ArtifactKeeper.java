package dev.pawl.scheduler.artifact;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.file.FileTree;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.RunId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the artifacts of jobs: at the end of each task, on its run's thread, and once more when the job has ended, for what no run took
 * over. Safe for many threads, as long as one of them works at a job.
 */
public final class ArtifactKeeper {

    /** The folder of a work folder in which tasks leave artifacts. */
    public static final String FOLDER = "artifacts";

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactKeeper.class);

    private final ArtifactFolders folders;
    private final ArtifactContents contents;
    private final ArtifactStore store;
    private final InstantSource clock;
    private final long mostBytes;
    private final AtomicBoolean tookSome = new AtomicBoolean();
    private final ReentrantLock recording = new ReentrantLock();

    /**
     * Artifacts that were taken over and have no records yet.
     *
     * @param artifacts the new ones
     * @param leftOut the lines that say which files are not kept
     */
    public record Taken(List<JobArtifact> artifacts, List<String> leftOut) {}

    ArtifactKeeper(
            ArtifactFolders folders,
            ArtifactContents contents,
            ArtifactStore store,
            InstantSource clock,
            long mostBytes) {
        this.folders = folders;
        this.contents = contents;
        this.store = store;
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes over what a task of a run left.
     *
     * @param workDir the work folder of the job
     * @param giveUp whether the run is to end now
     * @throws ArtifactsRefusedException when they cannot be kept; nothing is taken over then
     */
    public Taken ofTask(Job job, int task, Path workDir, BooleanSupplier giveUp)
            throws ArtifactsRefusedException, GivenUpException {
        Path source = workDir.resolve(FOLDER);
        if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            return new Taken(List.of(), List.of());
        }
        ArtifactCollection collection =
                new ArtifactCollection(folders, job.id(), job.state().epoch() + "-" + task + "-", mostBytes);
        List<JobArtifact> taken = collection.take(source, known(job.id()), task, clock.instant(), giveUp);
        share(job, taken, collection, giveUp);
        if (!taken.isEmpty()) {
            tookSome.set(true);
        }
        return new Taken(taken, collection.leftOut());
    }

    /** Puts what was taken over into a store that servers share, however often that needs to be tried while the run goes on. */
    private void share(Job job, List<JobArtifact> taken, ArtifactCollection collection, BooleanSupplier giveUp)
            throws GivenUpException {
        while (true) {
            try {
                contents.share(run(job), taken, giveUp);
                return;
            } catch (GivenUpException e) {
                collection.undo();
                throw e;
            } catch (ProblemException e) {
                LOG.warn("The artifacts of job {} wait for the store: {}", job.id(), e.getMessage());
                if (giveUp.getAsBoolean() || isInterruptedWithin(PAUSE)) {
                    collection.undo();
                    throw new GivenUpException();
                }
            }
        }
    }

    private static boolean isInterruptedWithin(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static RunId run(Job job) {
        return new RunId(job.id(), job.state().epoch());
    }

    /** The files of the artifacts that are recorded for a job, by their paths; those that cannot be fetched from another server are left out. */
    public Map<String, Path> files(UUID job) {
        Map<String, Path> files = new HashMap<>();
        for (JobArtifact each : known(job)) {
            try {
                files.put(each.path(), contents.present(job, each));
            } catch (IOException e) {
                LOG.warn("The artifact {} of job {} is not there: {}", each.path(), job, IoReason.of(e));
            }
        }
        return files;
    }

    /** Deletes what an earlier run of the job left half-way, before the next one begins: files that are kept, and such without records. */
    public void prepare(Job job, Path workDir) {
        Path source = workDir.resolve(FOLDER);
        if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS) && !folders.exists(job.id())) {
            return;
        }
        try {
            List<JobArtifact> known = known(job.id());
            clearKept(job.id(), source, known);
            tidy(job.id(), known);
        } catch (IOException e) {
            LOG.warn("Leftovers of the artifacts of job {} stay: {}", job.id(), IoReason.of(e));
        }
    }

    /** Deletes all files that tasks left, after their records are on disk. */
    public void clear(Job job, Path workDir) {
        try {
            FileTree.delete(workDir.resolve(FOLDER));
            tidy(job.id(), known(job.id()));
            contents.tidy(run(job));
        } catch (ProblemException e) { // what is left is removed with the leftovers of other runs
            LOG.debug("The shared artifacts of job {} are not tidy: {}", job.id(), e.getMessage());
        } catch (IOException e) {
            LOG.warn("The folder {} of job {} cannot be cleared: {}", FOLDER, job.id(), IoReason.of(e));
        }
    }

    /**
     * Takes over and records what no run did, when the job has ended.
     *
     * @return whether the work folder may go; false when it is to be tried again later, as with a full disk
     */
    public boolean ofEnded(Job job, Path workDir) {
        Path source = workDir.resolve(FOLDER);
        if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        RunId run = run(job);
        ArtifactCollection collection =
                new ArtifactCollection(folders, job.id(), job.state().epoch() + "-end-", mostBytes);
        recording.lock(); // the removal of old artifacts deletes no folder meanwhile
        try {
            List<JobArtifact> known = known(job.id());
            clearKept(job.id(), source, known);
            tidy(job.id(), known);
            List<JobArtifact> taken =
                    collection.take(source, known, job.state().taskIndex(), clock.instant(), () -> false);
            if (!taken.isEmpty()) {
                tookSome.set(true);
                contents.share(run, taken, () -> false);
                Confirmation.await(store.add(run, taken), "That the artifacts of job " + job.id() + " are recorded");
                tidy(job.id(), known(job.id()));
                contents.tidy(run);
            }
            collection.leftOut().forEach(line -> LOG.warn("Job {}: {}", job.id(), line));
            return true;
        } catch (StaleRunException gone) { // the job was removed meanwhile
            collection.undo();
            return true;
        } catch (ArtifactsRefusedException refused) {
            LOG.warn("The last artifacts of job {} are not kept: {}", job.id(), refused.getMessage());
            return !(refused.getCause() instanceof IOException);
        } catch (IOException e) {
            LOG.warn("The last artifacts of job {} cannot be kept yet: {}", job.id(), IoReason.of(e));
            return false;
        } catch (GivenUpException never) {
            throw new IllegalStateException(never);
        } finally {
            recording.unlock();
        }
    }

    /** Whether any artifacts were taken over since the last call. */
    public boolean hasTakenSome() {
        return tookSome.getAndSet(false);
    }

    /** Does something to the folders while no artifacts of ended jobs are recorded. */
    void alone(Runnable work) {
        recording.lock();
        try {
            work.run();
        } finally {
            recording.unlock();
        }
    }

    private List<JobArtifact> known(UUID job) {
        return store.list(job, "", JobArtifacts.MOST_FILES);
    }

    private void tidy(UUID job, List<JobArtifact> known) throws IOException {
        folders.keepOnly(job, known.stream().map(JobArtifact::file).collect(Collectors.toSet()));
    }

    /** Deletes the files in a work folder that are artifacts already, under another name. */
    private void clearKept(UUID job, Path source, List<JobArtifact> known) throws IOException {
        Map<Object, String> kept = new HashMap<>();
        for (JobArtifact each : known) {
            folders.identity(job, each.file()).ifPresent(identity -> kept.put(identity, each.path()));
        }
        if (kept.isEmpty() || !Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.fileKey() != null && kept.containsKey(attributes.fileKey())) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

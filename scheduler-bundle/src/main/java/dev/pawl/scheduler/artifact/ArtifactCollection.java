package dev.pawl.scheduler.artifact;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.problem.IoReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One taking over of a job's files: from the work folder into the folder of its artifacts, where each has a second name. Until the records
 * are written, nothing is lost with the process: the work folder is as it was, and files without a record are deleted later.
 */
final class ArtifactCollection {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactCollection.class);

    private final ArtifactFolders folders;
    private final UUID job;
    private final String prefix;
    private final long mostBytes;
    private final LeftOut leftOut = new LeftOut();
    private final List<Path> made = new ArrayList<>();

    /**
     * Prepares the taking over.
     *
     * @param prefix begins the names of its files, and no others of the job
     * @param mostBytes the greatest size of the artifacts of all jobs
     */
    ArtifactCollection(ArtifactFolders folders, UUID job, String prefix, long mostBytes) {
        this.folders = folders;
        this.job = job;
        this.prefix = prefix;
        this.mostBytes = mostBytes;
    }

    /** The lines that say which files were left out. */
    List<String> leftOut() {
        return leftOut.lines();
    }

    /**
     * Takes over the files in a folder.
     *
     * @param known the artifacts that the job has
     * @param giveUp whether the run is to end now
     * @return the new artifacts, on disk and without records yet
     */
    List<JobArtifact> take(Path source, List<JobArtifact> known, int task, Instant now, BooleanSupplier giveUp)
            throws ArtifactsRefusedException, GivenUpException {
        Map<String, JobArtifact> byPath = new HashMap<>();
        known.forEach(artifact -> byPath.put(artifact.path(), artifact));
        try {
            List<ArtifactSurvey.Found> found =
                    ArtifactSurvey.of(source, JobArtifacts.MOST_FILES - known.size(), leftOut);
            checkSize(byPath, found);
            List<JobArtifact> taken = takeAll(found, byPath, task, now, new FileIntake(giveUp));
            checkSize(
                    byPath,
                    taken.stream()
                            .map(artifact -> new ArtifactSurvey.Found(source, artifact.path(), artifact.size()))
                            .toList());
            return taken;
        } catch (IOException e) {
            undo();
            throw new ArtifactsRefusedException(
                    "The artifacts cannot be kept in " + folders.root() + ": " + IoReason.of(e) + ".", e);
        } catch (ArtifactsRefusedException | GivenUpException | RuntimeException e) {
            undo();
            throw e;
        }
    }

    /** Deletes what was taken over, when it is not to be recorded. */
    void undo() {
        try {
            for (Path each : made) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) { // they have no records, and are deleted with the job's other leftovers
            LOG.warn("Files in {} stay for now: {}", folders.of(job), IoReason.of(e));
        }
        made.clear();
    }

    private List<JobArtifact> takeAll(
            List<ArtifactSurvey.Found> found, Map<String, JobArtifact> known, int task, Instant now, FileIntake intake)
            throws IOException, GivenUpException {
        List<JobArtifact> taken = new ArrayList<>(found.size());
        if (!found.isEmpty()) {
            folders.make(job);
        }
        for (ArtifactSurvey.Found each : found) {
            String name = prefix + made.size();
            Path second = folders.of(job).resolve(name);
            made.add(second);
            Optional<FileIntake.Taken> contents = taken(each, second, intake);
            if (contents.isEmpty()) {
                continue;
            }
            JobArtifact artifact = new JobArtifact(
                    each.name(),
                    name,
                    contents.get().size(),
                    ContentTypes.of(each.name()),
                    contents.get().sha256(),
                    task,
                    now);
            if (isSame(known.get(each.name()), artifact)) {
                Files.delete(second);
            } else {
                taken.add(artifact);
            }
        }
        if (!taken.isEmpty()) {
            DurableFile.forceNames(folders.of(job));
        }
        return taken;
    }

    private Optional<FileIntake.Taken> taken(ArtifactSurvey.Found found, Path second, FileIntake intake)
            throws IOException, GivenUpException {
        try {
            Optional<FileIntake.Taken> contents = intake.take(found.file(), second);
            if (contents.isEmpty()) {
                leftOut.add(found.name(), "it is no file any more");
            }
            return contents;
        } catch (AccessDeniedException e) {
            if (!Files.deleteIfExists(second)) {
                throw e; // it is the folder of artifacts that cannot be written to
            }
            leftOut.add(found.name(), "the server may not read it");
            return Optional.empty();
        }
    }

    /** Whether an artifact was recorded before, as when the process ended before the work folder was cleared. */
    private static boolean isSame(@Nullable JobArtifact before, JobArtifact now) {
        return before != null && before.size() == now.size() && before.sha256().equals(now.sha256());
    }

    private void checkSize(Map<String, JobArtifact> known, List<ArtifactSurvey.Found> found)
            throws ArtifactsRefusedException {
        Map<String, Long> sizes = new HashMap<>();
        known.forEach((path, artifact) -> sizes.put(path, artifact.size()));
        found.forEach(each -> sizes.put(each.name(), each.size()));
        long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        if (bytes > mostBytes) {
            throw new ArtifactsRefusedException("The artifacts of this job have " + bytes
                    + " bytes with those of this task, more than PAWL_ARTIFACTS_MAX_MB allows for all jobs together ("
                    + (mostBytes >> 20) + " MB). Raise that setting, or let the task leave less in its folder"
                    + " artifacts.");
        }
    }
}

package dev.pawl.scheduler.artifact;

import dev.pawl.base.file.FileTree;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.SharedArtifacts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The contents of artifacts: files in the folders of this server. Where servers share a store they are in the store too, and a file that another
 * server took over is fetched when it is asked for; it then stays, as a copy, until its record goes. Safe for many threads.
 */
final class ArtifactContents {

    /** The time for which contents may lie in the store before their artifact is recorded. */
    private static final Duration UNRECORDED = Duration.ofDays(1);

    private static final String FETCHED = "fetched-";

    private final ArtifactFolders folders;
    private final ArtifactStore store;

    ArtifactContents(ArtifactFolders folders, ArtifactStore store) {
        this.folders = folders;
        this.store = store;
    }

    private Optional<SharedArtifacts> shared() {
        return store.shared();
    }

    /** Whether other servers may have the files of artifacts that this one does not have. */
    boolean areShared() {
        return shared().isPresent();
    }

    /** Puts files that a run took over into the store that servers share, before they are recorded. */
    void share(RunId run, List<JobArtifact> taken, BooleanSupplier giveUp) throws GivenUpException {
        SharedArtifacts shared = taken.isEmpty() ? null : shared().orElse(null);
        if (shared == null) {
            return;
        }
        Map<String, Path> files = new LinkedHashMap<>();
        taken.forEach(each -> files.put(each.file(), folders.of(run.job()).resolve(each.file())));
        if (!shared.keep(run, files, giveUp)) {
            throw new GivenUpException();
        }
    }

    /** Removes what runs of a job up to this one left in the shared store without a record. */
    void tidy(RunId run) {
        shared().ifPresent(shared -> shared.tidy(run));
    }

    /** Removes what was left in the shared store by runs that are long over. */
    void sweep() {
        shared().ifPresent(shared -> shared.forgetUnrecorded(UNRECORDED));
    }

    /** Opens the file of an artifact. */
    FileChannel open(UUID job, JobArtifact artifact) throws IOException {
        present(job, artifact);
        FileChannel contents = folders.open(job, artifact.file());
        if (contents.size() == artifact.size()) {
            return contents;
        }
        contents.close();
        throw new IOException("it was changed after it was kept");
    }

    /** The file of an artifact, which is here afterwards if it is anywhere. */
    Path present(UUID job, JobArtifact artifact) throws IOException {
        Path file = folders.of(job).resolve(artifact.file());
        SharedArtifacts shared = isWhole(file, artifact) ? null : shared().orElse(null);
        if (shared != null) {
            fetch(shared, job, artifact, file);
        }
        return file;
    }

    private static boolean isWhole(Path file, JobArtifact artifact) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == artifact.size();
    }

    /** Fetches a file under a name of its own first, so that what has its name is whole. */
    private void fetch(SharedArtifacts shared, UUID job, JobArtifact artifact, Path file) throws IOException {
        folders.make(job);
        Path part = folders.root().resolve(FETCHED + UUID.randomUUID());
        try {
            if (!shared.fetch(job, artifact.file(), part)) {
                throw new FileNotFoundException("it is not in the store");
            }
            FileIntake.Taken fetched = new FileIntake(() -> false).look(part);
            if (fetched.size() != artifact.size() || !fetched.sha256().equals(artifact.sha256())) {
                throw new FileSystemException(file.toString(), null, "the store has other contents than were kept");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            FileTree.delete(part);
        }
    }
}

package dev.pawl.scheduler.artifact;

import dev.pawl.service.problem.IoReason;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes artifacts: of jobs that are gone, of the oldest jobs when there are too many, and files and records without each other. */
public final class ArtifactUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactUpkeep.class);

    private static final int AT_ONCE = 100;

    private final ArtifactFolders folders;
    private final ArtifactContents contents;
    private final ArtifactStore store;
    private final ArtifactKeeper keeper;
    private final long mostBytes;

    ArtifactUpkeep(
            ArtifactFolders folders,
            ArtifactContents contents,
            ArtifactStore store,
            ArtifactKeeper keeper,
            long mostBytes) {
        this.folders = folders;
        this.contents = contents;
        this.store = store;
        this.keeper = keeper;
        this.mostBytes = mostBytes;
    }

    /** Removes the artifacts of the jobs that ended first while all artifacts together are too large. */
    public void limit() {
        int jobs = 0;
        List<UUID> removed;
        do {
            removed = store.bytes() <= mostBytes
                    ? List.of()
                    : Confirmation.await(store.removeOldest(mostBytes), "The removal of old artifacts");
            jobs += removed.size();
        } while (!removed.isEmpty());
        if (jobs > 0) {
            LOG.info(
                    "Removed the artifacts of the {} jobs that ended first, since all together were beyond"
                            + " PAWL_ARTIFACTS_MAX_MB ({} MB)",
                    jobs,
                    mostBytes >> 20);
        }
        deleteRemoved();
    }

    /** Deletes the files whose records were removed. */
    public void deleteRemoved() {
        while (true) {
            List<UUID> removed = store.removed(AT_ONCE);
            if (removed.isEmpty()) {
                return;
            }
            Set<UUID> stay = new HashSet<>();
            keeper.alone(() -> removed.stream().filter(job -> !isDeleted(job)).forEach(stay::add));
            List<UUID> done =
                    removed.stream().filter(job -> !stay.contains(job)).toList();
            Confirmation.await(store.forget(done), "That files of artifacts are deleted");
            if (!stay.isEmpty()) {
                return; // tried again later
            }
        }
    }

    private boolean isDeleted(UUID job) {
        try {
            if (store.totals(job).files() == 0) {
                folders.delete(job);
                contents.tidy(new RunId(job, Long.MAX_VALUE));
            }
            return true;
        } catch (IOException e) {
            LOG.warn("The artifacts of job {}, which are removed, cannot be deleted: {}", job, IoReason.of(e));
            return false;
        }
    }

    /**
     * Deletes copies of files whose records another server has removed; does nothing where no other server shares the store.
     *
     * @param mayRun whether a job may be taking over files at present
     */
    public void deleteCopies(Predicate<UUID> mayRun) {
        if (contents.areShared()) {
            reconcile(mayRun);
            contents.sweep();
        }
    }

    /**
     * Compares the folders with the records, and removes either where the other is missing; no records where other servers have files.
     *
     * @param mayRun whether a job may be taking over files at present
     */
    public void reconcile(Predicate<UUID> mayRun) {
        try {
            Set<UUID> onDisk = new HashSet<>(folders.jobs());
            Set<UUID> recorded = new HashSet<>(store.jobs());
            for (UUID job : onDisk) {
                if (!recorded.contains(job)) {
                    keeper.alone(() -> deleteUnrecorded(job, mayRun));
                }
            }
            if (contents.areShared()) {
                return;
            }
            List<UUID> lost = recorded.stream()
                    .filter(job -> !onDisk.contains(job) && !folders.exists(job))
                    .toList();
            if (!lost.isEmpty()) {
                forgetLost(lost);
            }
        } catch (IOException e) {
            LOG.warn("The folder {} cannot be compared with its records: {}", folders.root(), IoReason.of(e));
        }
    }

    private void deleteUnrecorded(UUID job, Predicate<UUID> mayRun) {
        if (mayRun.test(job) || store.totals(job).files() > 0) {
            return;
        }
        try {
            folders.delete(job);
            LOG.info("Deleted files of artifacts of job {}, of which there is no record", job);
        } catch (IOException e) {
            LOG.warn("Files of artifacts of job {} without a record cannot be deleted: {}", job, IoReason.of(e));
        }
    }

    private void forgetLost(List<UUID> lost) {
        if (!Files.isDirectory(folders.root())) { // perhaps on a disk that is not mounted
            LOG.warn("The folder {} is missing, with the artifacts of {} jobs", folders.root(), lost.size());
            return;
        }
        Confirmation.await(store.remove(lost), "The removal of the records of lost artifacts");
        LOG.warn("The files of the artifacts of {} jobs are gone; their records were removed: {}", lost.size(), lost);
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.scheduler.artifact.ArtifactParts;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the work folders of jobs that are over or gone, once what they left as artifacts is kept, in the background. */
public final class WorkFolderCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolderCleanup.class);

    private final WorkDirs folders;
    private final ArtifactParts artifacts;
    private final JobStore store;
    private final Executor background;

    public WorkFolderCleanup(WorkDirs folders, ArtifactParts artifacts, JobStore store, Executor background) {
        this.folders = folders;
        this.artifacts = artifacts;
        this.store = store;
        this.background = background;
    }

    /** Deletes all that a process left behind when it was killed, before the first run begins. */
    public void begin() {
        inBackground(() -> {
            artifacts.upkeep().reconcile(folders::exists);
            sweepNow();
        });
    }

    /** Deletes all work folders of such jobs, and the artifacts that are too many. */
    public void sweep() {
        inBackground(this::sweepNow);
    }

    /** Deletes the work folder of a job, if it has one and is over. */
    public void deleteIfOver(UUID job) {
        if (folders.exists(job)) {
            inBackground(() -> {
                deleteNow(job);
                if (artifacts.keeper().hasTakenSome()) {
                    artifacts.upkeep().limit();
                }
            });
        }
    }

    /** Deletes what removed jobs left on the disk. */
    public void deleteRemoved() {
        inBackground(artifacts.upkeep()::deleteRemoved);
    }

    private void sweepNow() {
        folders.jobs().forEach(this::deleteNow);
        artifacts.upkeep().limit();
        artifacts.upkeep().deleteCopies(folders::exists);
    }

    private void deleteNow(UUID id) {
        Optional<Job> job = store.find(id);
        if (job.isPresent() && !job.get().state().status().isFinal()) {
            return;
        }
        if (job.isEmpty() || artifacts.keeper().ofEnded(job.get(), folders.place(id))) {
            folders.delete(id);
        }
    }

    private void inBackground(Runnable work) {
        Runnable logged = () -> {
            try {
                work.run();
            } catch (RuntimeException e) { // such as a store that is not available; the next sweep tries again
                LOG.warn("Files of ended jobs stay for now: {}", e.toString());
            }
        };
        try {
            background.execute(logged);
        } catch (RejectedExecutionException e) {
            logged.run(); // the server is stopping: no other thread is left to do it
        }
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.scheduler.artifact.ArtifactParts;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the work folders of jobs that are over or gone, once what they left as artifacts is kept, in the background. Where other servers may keep theirs
 * too, those of jobs whose last run was not here go when the job has been over for an hour, so that its server has had the time.
 */
public final class WorkFolderCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolderCleanup.class);

    private static final Duration OTHERS = Duration.ofHours(1);

    private final WorkDirs folders;
    private final boolean areOwn;
    private final InstantSource clock;
    private final ArtifactParts artifacts;
    private final JobStore store;
    private final Executor background;

    /**
     * Deletes nothing yet.
     *
     * @param areOwn whether no other server keeps folders in the same place, so that those of unknown jobs are left behind
     */
    public WorkFolderCleanup(
            WorkDirs folders,
            boolean areOwn,
            InstantSource clock,
            ArtifactParts artifacts,
            JobStore store,
            Executor background) {
        this.folders = folders;
        this.areOwn = areOwn;
        this.clock = clock;
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
        Job job = store.find(id).orElse(null);
        if (job == null ? areOwn || folders.lastRun(id) > 0 : isToGo(job)) {
            folders.delete(id);
        }
    }

    private boolean isToGo(Job job) {
        if (!job.state().status().isFinal()) {
            return false;
        }
        if (folders.isOutOfDate(job.id(), job.state().epoch())) {
            return true; // what came of it is elsewhere
        }
        boolean isOurs = areOwn || folders.lastRun(job.id()) == job.state().epoch() || isLongOver(job);
        return isOurs && artifacts.keeper().ofEnded(job, folders.place(job.id()));
    }

    private boolean isLongOver(Job job) {
        Instant ended = job.state().completedAt();
        return ended == null || ended.plus(OTHERS).isBefore(clock.instant());
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

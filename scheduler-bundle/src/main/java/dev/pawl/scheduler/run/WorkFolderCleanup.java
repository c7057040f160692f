package dev.pawl.scheduler.run;

import dev.pawl.service.store.JobStore;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Deletes the work folders of jobs that are over or gone, in the background. */
public final class WorkFolderCleanup {

    private final WorkDirs folders;
    private final JobStore store;
    private final Executor background;

    public WorkFolderCleanup(WorkDirs folders, JobStore store, Executor background) {
        this.folders = folders;
        this.store = store;
        this.background = background;
    }

    /** Deletes all work folders of such jobs. */
    public void sweep() {
        inBackground(() -> folders.sweep(this::isAlive));
    }

    /** Deletes the work folder of a job, if it has one and is over. */
    public void deleteIfOver(UUID job) {
        if (folders.exists(job)) {
            inBackground(() -> {
                if (!isAlive(job)) {
                    folders.delete(job);
                }
            });
        }
    }

    private boolean isAlive(UUID job) {
        return store.find(job).map(found -> !found.state().status().isFinal()).orElse(false);
    }

    private void inBackground(Runnable work) {
        try {
            background.execute(work);
        } catch (RejectedExecutionException e) {
            work.run(); // the server is stopping: no other thread is left to do it
        }
    }
}

package dev.pawl.scheduler;

import dev.pawl.scheduler.run.WorkDirs;
import dev.pawl.service.store.JobStore;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Deletes the work folders of jobs that are over or gone, in the background. */
final class WorkFolderCleanup {

    private final WorkDirs folders;
    private final JobStore store;
    private final Executor background;

    WorkFolderCleanup(WorkDirs folders, JobStore store, Executor background) {
        this.folders = folders;
        this.store = store;
        this.background = background;
    }

    /** Looks at all of them. */
    void sweep() {
        inBackground(() -> folders.sweep(this::isAlive));
    }

    /** Looks at one job's, if it has one. */
    void deleteIfOver(UUID job) {
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
            work.run(); // ending: there is nobody else left to do it
        }
    }
}

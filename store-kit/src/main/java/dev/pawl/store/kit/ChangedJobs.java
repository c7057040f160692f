package dev.pawl.store.kit;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobChange.Kind;
import dev.pawl.service.store.JobObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of jobs that a transaction makes, for the observer of this process. Each is noted after the statement that makes it, so that a
 * change that is refused is not told. Used by the writer's thread alone, except for {@link #observe}.
 */
public final class ChangedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedJobs.class);

    private volatile @Nullable JobObserver observer;
    private List<JobChange> changes = new ArrayList<>();
    private boolean isToldElsewhere;

    /** No changes. */
    public ChangedJobs() {}

    /** Attaches the observer. Safe for many threads. */
    public void observe(JobObserver observing) {
        observer = observing;
    }

    /** The observer, if there is one. Safe for many threads. */
    public Optional<JobObserver> observer() {
        return Optional.ofNullable(observer);
    }

    /** Lets changes be noted for other processes, also while nothing observes them here. */
    public void toldElsewhere(boolean isTold) {
        isToldElsewhere = isTold;
    }

    /** The changes of the transaction so far. */
    public List<JobChange> made() {
        return List.copyOf(changes);
    }

    private boolean isNoted() {
        return isToldElsewhere || observer != null;
    }

    /** Notes a change that has left the job as it is given. */
    public void note(Kind kind, Job job) {
        if (isNoted()) {
            changes.add(JobChange.of(kind, job));
        }
    }

    /** Notes a change after which the job was not read. */
    public void note(Kind kind, UUID job, long epoch) {
        if (isNoted()) {
            changes.add(JobChange.of(kind, job, epoch));
        }
    }

    /** Notes jobs of which something is another than their status. */
    public void changed(List<UUID> jobs) {
        jobs.forEach(job -> note(Kind.CHANGED, job, 0));
    }

    /** Notes that a job was removed, as it was before. */
    public void removed(UUID id, @Nullable Job job) {
        if (isNoted()) {
            changes.add(job == null ? JobChange.of(Kind.REMOVED, id, 0) : JobChange.of(Kind.REMOVED, job));
        }
    }

    /** Notes jobs whose runs have ended, and that are pending again. */
    public void waiting(List<UUID> jobs) {
        jobs.forEach(job -> note(Kind.WAITING, job, 0));
    }

    /** Gives the changes to the observer, once they are on disk; empty when there is nothing to give. */
    public Optional<Runnable> handOver() {
        JobObserver observing = observer;
        List<JobChange> made = changes;
        if (made.isEmpty()) {
            return Optional.empty();
        }
        changes = new ArrayList<>();
        if (observing == null) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            try {
                observing.changed(made);
            } catch (RuntimeException | Error e) { // the futures of the changes complete all the same
                LOG.error("Changes of jobs were not observed; this is a bug.", e);
            }
        });
    }

    /** Drops the changes, which are undone. */
    public void forget() {
        changes = new ArrayList<>();
    }
}

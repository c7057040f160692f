package dev.pawl.scheduler.event;

import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the changes of jobs, in the order in which they were committed, on a thread that may read the store. Nothing of it happens while
 * nobody follows. Changes that come faster than they can be published are dropped all together, which followers are told. Safe for many
 * threads.
 */
public final class JobChangeFeed implements ProgressPace.Later {

    /** The number of changes that may wait to be published: some seconds of a busy server. */
    static final int MOST_WAITING = 20_000;

    /** The number of changes that are made into events with one look at the running jobs. */
    private static final int BATCH = 500;

    private final EventPublisher events;
    private final ChangedJob changed;
    private final ProgressPace pace;
    private final Executor background;
    private final Queue<Step> waiting = new ArrayDeque<>(); // guarded by itself, as is what follows
    private boolean busy;
    private @Nullable String lost; // why changes before those that wait are not told

    /** A change that is to be published. */
    record Step(
            JobEvent.Change change,
            UUID id,
            long epoch,
            @Nullable Job job) {

        static Step of(JobChange change) {
            JobEvent.Change kind =
                    switch (change.kind()) {
                        case ADDED -> JobEvent.Change.ADDED;
                        case STARTED -> JobEvent.Change.STARTED;
                        case PROGRESS -> JobEvent.Change.PROGRESS;
                        case NEXT_TASK -> JobEvent.Change.NEXT_TASK;
                        case WAITING -> JobEvent.Change.WAITING;
                        case ENDED -> JobEvent.Change.ENDED;
                        case CHANGED -> JobEvent.Change.CHANGED;
                        case REMOVED -> JobEvent.Change.REMOVED;
                    };
            return new Step(kind, change.id(), change.epoch(), change.job());
        }
    }

    /**
     * Publishes nothing yet.
     *
     * @param changed makes the events
     * @param pace holds reports of progress back
     * @param background a thread that may wait for the store
     */
    public JobChangeFeed(EventPublisher events, ChangedJob changed, ProgressPace pace, Executor background) {
        this.events = events;
        this.changed = changed;
        this.pace = pace;
        this.background = background;
        pace.delays(this);
    }

    /** Whether anyone follows. */
    public boolean isFollowed() {
        return events.isFollowed();
    }

    /** Jobs were changed, here or by another server, and that is on disk. */
    public void changed(List<JobChange> changes) {
        if (events.isFollowed()) {
            take(changes.stream().map(Step::of).toList());
        }
    }

    /** Changes by other servers were missed. */
    public void missed() {
        lose("Changes of jobs by other servers were missed.");
        publishInBackground();
    }

    @Override
    public void due(UUID job) {
        take(List.of(new Step(JobEvent.Change.PROGRESS, job, ChangedJob.ANY_EPOCH, null)));
    }

    private void take(List<Step> steps) {
        synchronized (waiting) {
            if (waiting.size() + steps.size() > MOST_WAITING) {
                lose("Jobs changed faster than their events could be made.");
            } else {
                waiting.addAll(steps);
            }
        }
        publishInBackground();
    }

    /** Drops what waits: whoever follows is told once what is published before it has been told. */
    private void lose(String why) {
        synchronized (waiting) {
            waiting.clear();
            lost = why;
        }
    }

    private void publishInBackground() {
        synchronized (waiting) {
            if (busy) {
                return;
            }
            busy = true;
        }
        try {
            background.execute(this::publishAll);
        } catch (RejectedExecutionException e) { // the scheduler has gone, and with it whatever could be told of jobs
            synchronized (waiting) {
                busy = false;
                waiting.clear();
            }
        }
    }

    private void publishAll() {
        List<Step> batch = next();
        while (!batch.isEmpty()) {
            try {
                publish(batch);
            } catch (RuntimeException
                    | Error e) { // such as a store that cannot be read; later changes are published all the same
                events.lost("Changes of jobs could not be read: " + e);
            }
            batch = next();
        }
    }

    private List<Step> next() {
        synchronized (waiting) {
            String why = lost;
            if (why != null) {
                lost = null;
                events.lost(why);
            }
            List<Step> batch = new ArrayList<>(Math.min(waiting.size(), BATCH));
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            busy = !batch.isEmpty();
            return batch;
        }
    }

    private void publish(List<Step> batch) {
        ChangedJob.Look look = changed.look(batch);
        for (Step step : batch) {
            if (step.change() != JobEvent.Change.PROGRESS || pace.lets(step.id())) {
                JobEvent event = look.event(step);
                if (event != null) {
                    events.publish(() -> event);
                    if (event.job().state().status() != JobStatus.RUNNING) {
                        pace.ended(step.id());
                    }
                }
            }
        }
    }
}

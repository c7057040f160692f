package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.event.JobChangeFeed;
import dev.pawl.scheduler.feed.LogFeed;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Passes on what the store tells of jobs: to those who follow events, and, of what other servers have done, to those who follow logs and to the
 * cleanup of work folders, which learn of this server's own changes from {@link JobEvents}. Safe for many threads.
 */
public final class StoreObserver implements JobObserver {

    private final JobChangeFeed changes;
    private final LogFeed feed;
    private final JobEvents events;
    private final EventPublisher published;
    private final InstantSource clock;

    public StoreObserver(
            JobChangeFeed changes, LogFeed feed, JobEvents events, EventPublisher published, InstantSource clock) {
        this.changes = changes;
        this.feed = feed;
        this.events = events;
        this.published = published;
        this.clock = clock;
    }

    @Override
    public boolean isFollowed() {
        return changes.isFollowed();
    }

    @Override
    public void changed(List<JobChange> made) {
        changes.changed(made);
    }

    @Override
    public void changedElsewhere(List<JobChange> made, List<UUID> written) {
        changes.changed(made);
        for (JobChange change : made) {
            switch (change.kind()) {
                case ENDED, REMOVED -> events.changed(change.id());
                case ADDED, STARTED, PROGRESS, NEXT_TASK, WAITING, CHANGED -> feed.written(change.id());
            }
        }
        written.forEach(feed::written);
    }

    @Override
    public void clearedElsewhere(int removed) {
        events.removedMany();
        published.publish(() -> new QueueEvent(clock.instant(), QueueEvent.Change.CLEARED, null, removed));
    }

    @Override
    public void missed() {
        changes.missed();
        feed.writtenAny();
    }
}

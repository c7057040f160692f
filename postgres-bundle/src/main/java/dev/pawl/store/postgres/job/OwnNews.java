package dev.pawl.store.postgres.job;

import dev.pawl.service.job.After;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.ChangedJobs;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.news.FirstWaiting;
import dev.pawl.store.postgres.news.GroupNews;
import dev.pawl.store.postgres.news.News;
import dev.pawl.store.postgres.news.StopWish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a transaction does that concerns other servers; while there are others, it is told with the transaction. Used by the writer's
 * thread alone.
 */
final class OwnNews {

    private static final Set<Long> NEVER = Set.of(Micros.of(After.DUE), Micros.of(DueFire.AFTER_EARLIER_JOBS));

    private static final Comparator<FirstWaiting> ORDER = Comparator.comparingLong(FirstWaiting::lane)
            .thenComparingLong(FirstWaiting::queuedAt)
            .thenComparingLong(FirstWaiting::job);

    private static final String OF_RUNTIME = "pawl:";

    private final ChangedJobs changes;
    private final News news;
    private final Set<UUID> written = new LinkedHashSet<>();
    private final Set<JobRecord> queued = new HashSet<>(); // jobs that this transaction has made ready
    private final Set<String> owners = new HashSet<>(); // of documents of the runtime
    private final List<StopWish> stops = new ArrayList<>();
    private final Map<Lanes.Lane, FirstWaiting> first = new HashMap<>(); // of the jobs that statements have made ready
    private final List<String> messages = new ArrayList<>();
    private int cleared; // jobs that waited and were removed together
    private boolean isReady;
    private @Nullable Long due; // the first time for which a job waits
    private boolean hasOthers;
    private boolean rests;
    private long group; // whose news are not told yet; 0 for none

    OwnNews(ChangedJobs changes, News news) {
        this.changes = changes;
        this.news = news;
    }

    /** A transaction begins; {@code others} says whether there are other servers. */
    void begun(boolean others) {
        hasOthers = others;
        changes.toldElsewhere(others);
    }

    /** Whether there are other servers. */
    boolean hasOthers() {
        return hasOthers;
    }

    /** The log of a job has new lines. */
    void written(JobRecord record) {
        if (hasOthers) {
            written.add(record.id);
        }
    }

    /** A document was changed. Those of modules are kept in the memory of no server, which need not be told of them. */
    void document(String documentOwner) {
        if (hasOthers && documentOwner.startsWith(OF_RUNTIME)) {
            owners.add(documentOwner);
        }
    }

    /** Another server is asked to stop a job. */
    void stop(StopWish wish) {
        stops.add(wish);
    }

    /** The other servers are told a message. */
    void tell(String message) {
        if (hasOthers) {
            messages.add(message);
        }
    }

    /** All jobs that waited were removed. */
    void cleared(int removed) {
        cleared += hasOthers ? removed : 0;
    }

    /** A job may be claimable that was not before. */
    void ready() {
        isReady = true;
    }

    /** A statement has made a job ready. */
    void ready(FirstWaiting job) {
        isReady = true;
        first(job);
    }

    private void first(FirstWaiting job) {
        first.merge(Lanes.Lane.of(job.moduleKey(), job.lane()), job, OwnNews::earlier);
    }

    private static FirstWaiting earlier(FirstWaiting one, FirstWaiting other) {
        return ORDER.compare(one, other) <= 0 ? one : other;
    }

    /** The rows of records are about to be written. */
    void storing(Collection<JobRecord> touched) {
        if (!hasOthers) {
            return;
        }
        for (JobRecord record : touched) {
            JobColumns before = record.stored;
            JobColumns now = record.now;
            if (before != null && before.place == now.place && Objects.equals(before.dueAt, now.dueAt)) {
                continue;
            }
            if (now.place == Place.READY) {
                queued.add(record);
            } else if (now.place == Place.LATER && now.dueAt != null && !NEVER.contains(now.dueAt)) {
                due = due == null ? now.dueAt : Long.valueOf(Math.min(due, now.dueAt));
            }
        }
    }

    /**
     * Adds the statements that tell of the transaction, which come last.
     *
     * @param number the number of the transaction
     * @param mayRest whether it may rest on what other servers did
     * @param isFollowed whether another transaction follows at once
     */
    void write(long number, boolean mayRest, boolean isFollowed, List<SqlCall> calls) {
        List<JobChange> made = changes.made();
        if (hasOthers) {
            for (JobChange change : made) {
                written.remove(change.id());
            }
            for (JobRecord record : queued) {
                if (record.now.place == Place.READY) {
                    ready(new FirstWaiting(record.moduleKey, record.now.lane, record.queuedAt, record.job));
                }
            }
            GroupNews told = new GroupNews(
                    made,
                    new ArrayList<>(written),
                    new ArrayList<>(first.values()),
                    isReady,
                    due,
                    owners,
                    stops,
                    messages,
                    cleared,
                    true);
            if (!told.isNothing()) {
                news.tell(number, told, calls);
            }
            news.wake(number, isFollowed, calls);
        }
        changes.handOver().ifPresent(observed -> {
            group = number;
            news.written(number, observed);
        });
        rests = hasOthers && mayRest;
        forget();
    }

    private void forget() {
        written.clear();
        queued.clear();
        stops.clear();
        messages.clear();
        owners.clear();
        first.clear();
        cleared = 0;
        isReady = false;
        due = null;
    }

    /** Takes what other servers have told since: the first jobs that they put into lanes, and the first times for which they let jobs wait. */
    void queuedElsewhere(Lanes lanes, OwnClaims claims) {
        if (news.takeUnknown()) {
            lanes.forget();
        }
        if (lanes.due().added(news.takeDue())) {
            claims.look();
        }
        for (FirstWaiting next = news.takeWaiting(); next != null; next = news.takeWaiting()) {
            if (lanes.added(next)) {
                claims.look();
            }
        }
    }

    /** Whether {@link #committed} may wait for what other servers have told before. */
    boolean mayWait() {
        return group != 0 && rests && news.isFollowed();
    }

    /** The call that tells the observer of this process, once the transaction is on disk. */
    Runnable committed() {
        long told = group;
        boolean mayRest = rests;
        group = 0;
        return told == 0 ? () -> {} : () -> news.committed(told, mayRest);
    }

    void undone() {
        news.undone();
        if (group != 0) {
            news.undone(group);
            group = 0;
        }
        forget();
    }
}

package dev.pawl.store.postgres.news;

import dev.pawl.service.store.DocumentObserver;
import dev.pawl.service.store.JobObserver;
import dev.pawl.store.kit.ChangedJobs;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of jobs that this server and others commit, told to the observer of this process in one order: those of other servers as they are
 * read, its own once they are on disk. Where a change of its own rests on what another server did, that is read and told first. Safe for many
 * threads.
 */
public final class News {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    /** The time between two reads after which rows may be gone that were not read. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(40);

    private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(2);
    private static final long ALL_READ_EVERY_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long WOKEN_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MOST_WAITING = 10_000;
    private static final long SAMPLED_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final long owner;
    private final ChangedJobs changes;
    private final Readers readers;
    private final ReentrantLock reading = new ReentrantLock();
    private final Object telling = new Object();
    private final Map<Long, Long> seen = new HashMap<>(); // guarded by reading
    private long readAtNs = System.nanoTime(); // guarded by reading
    private long allReadNs = readAtNs; // guarded by reading
    private final ConcurrentSkipListMap<Long, Runnable> own =
            new ConcurrentSkipListMap<>(); // groups that are not told yet
    private volatile long toldOwn; // all own groups up to this one are told
    private final Deque<Sample> samples = new ArrayDeque<>(); // of the writer
    private boolean isUntold; // of the writer: whether a row was added since others were woken
    private long wokenNs; // of the writer
    private final Map<String, DocumentObserver> documents = new ConcurrentHashMap<>(); // by the owner of the documents
    private final Queue<StopWish> stops = new ConcurrentLinkedQueue<>();
    private final Queue<FirstWaiting> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong firstDue = new AtomicLong(Long.MAX_VALUE);
    private final AtomicBoolean unknown = new AtomicBoolean(); // where jobs wait
    private volatile Consumer<String> messages = message -> {};
    private volatile boolean isAnew; // changes of jobs are not told before a read has told that some were missed
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean timed = new AtomicBoolean();

    /** The number of a group, and when it was written. */
    private record Sample(long group, long ns) {}

    /**
     * News that nobody reads yet.
     *
     * @param owner the number of this process
     */
    public News(long owner, ChangedJobs changes, Readers readers) {
        this.owner = owner;
        this.changes = changes;
        this.readers = readers;
    }

    /** Lets what other servers have told by now be known. */
    public void begin(Session session) throws SQLException {
        reading.lock();
        try {
            seen.putAll(NewsRows.latest(session));
            readAtNs = System.nanoTime();
        } finally {
            reading.unlock();
        }
    }

    /** Adds the statements that tell of a group, and remove rows of earlier ones; {@link #wake} comes after them. Called by the writer. */
    public void tell(long group, GroupNews news, List<SqlCall> calls) {
        long nowNs = System.nanoTime();
        Sample last = samples.peekLast();
        if (last == null || nowNs - last.ns() >= SAMPLED_EVERY_NS) {
            samples.add(new Sample(group, nowNs));
            Sample first = samples.element();
            if (nowNs - first.ns() >= TimeUnit.MICROSECONDS.toNanos(NewsRows.KEPT)) {
                samples.remove();
                calls.add(NewsRows.remove(owner, first.group()));
            }
        }
        calls.add(NewsRows.add(owner, group, news));
        isUntold = true;
    }

    /**
     * Adds the statement that wakes other servers, if they were not woken since the last row; while one transaction follows another, a few times
     * in a blink at most: each wakes all others, and one that wakes waits for those of others until that is on disk. Called by the writer.
     */
    public void wake(long group, boolean isFollowed, List<SqlCall> calls) {
        long nowNs = System.nanoTime();
        if (isUntold && (!isFollowed || nowNs - wokenNs >= WOKEN_EVERY_NS)) {
            calls.add(NewsRows.tell(owner, group));
            isUntold = false;
            wokenNs = nowNs;
        }
    }

    /** The transaction under way was undone. Called by the writer. */
    public void undone() {
        isUntold = true; // it may have woken others for an earlier one
    }

    /** Takes the call that tells the observer of a group of this server, before that is committed. */
    public void written(long group, Runnable observed) {
        own.put(group, observed);
    }

    /** A group of this server was undone. */
    public void undone(long group) {
        own.remove(group);
    }

    /**
     * Tells the observer of a group of this server, which is on disk.
     *
     * @param rests whether it may rest on changes by other servers
     */
    public void committed(long group, boolean rests) {
        if (rests && isFollowed() && own.containsKey(group) && !hasCaughtUp()) {
            isAnew = true;
        }
        tellOwn(group);
        toldOwn = group;
    }

    /** Whether anyone is to be told in order. */
    public boolean isFollowed() {
        return changes.observer().map(JobObserver::isFollowed).orElse(false);
    }

    private boolean hasCaughtUp() {
        boolean locked = false;
        try {
            locked = reading.tryLock(LONGEST_CATCH_UP.toMillis(), TimeUnit.MILLISECONDS);
            if (locked) {
                boolean any = readers.read(this::read);
                LOG.trace("There were changes by other servers before: {}", any);
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("Changes by other servers could not be read", e);
        } finally {
            if (locked) {
                reading.unlock();
            }
        }
        return false;
    }

    private void tellOwn(long group) {
        synchronized (telling) {
            for (Map.Entry<Long, Runnable> first = own.firstEntry();
                    first != null && first.getKey() <= group;
                    first = own.firstEntry()) {
                own.remove(first.getKey());
                if (!isAnew) {
                    first.getValue().run();
                }
            }
        }
    }

    /** Reads what is new, and tells the observer; whether there was something. */
    boolean read(Session session) throws SQLException {
        reading.lock();
        try {
            long nowNs = System.nanoTime();
            if (nowNs - readAtNs > LONGEST_PAUSE.toNanos()) {
                seen.putAll(NewsRows.latest(session));
                missed();
            }
            boolean any = false;
            boolean wasAnew = isAnew;
            seen.merge(owner, toldOwn, Math::max);
            boolean isAll = nowNs - allReadNs >= ALL_READ_EVERY_NS;
            NewsRows.Page page;
            do {
                page = NewsRows.after(session, owner, seen, isAll);
                for (NewsRows.Row row : page.rows()) {
                    seen.put(row.owner(), row.n());
                    GroupNews told = row.news();
                    if (told == null) {
                        tellOwn(row.n());
                    } else {
                        any = true;
                        tell(told);
                    }
                }
            } while (!page.isLast());
            if (wasAnew) {
                isAnew = false;
                missed();
            }
            readAtNs = nowNs;
            allReadNs = isAll ? nowNs : allReadNs;
            return any;
        } finally {
            reading.unlock();
        }
    }

    /** Tells an observer of changes of the documents of an owner, and at once that there may have been some. */
    public void observe(String documentOwner, DocumentObserver observer) {
        documents.put(documentOwner, observer);
        changedElsewhere(documentOwner);
    }

    /** Names who learns the messages of other servers. */
    public void observe(Consumer<String> observer) {
        messages = observer;
    }

    private void changedElsewhere(String documentOwner) {
        DocumentObserver observer = documents.get(documentOwner);
        if (observer != null) {
            told(() -> observer.changedElsewhere(documentOwner));
        }
    }

    /** Tells that documents may have been changed before other servers saw this one. */
    void missedDocuments() {
        documents.keySet().forEach(this::changedElsewhere);
    }

    private void tell(GroupNews news) {
        news.first().forEach(this::waits);
        if (news.isReady()) {
            ready.set(true);
        }
        Long due = news.due();
        if (due != null) {
            waits(due);
            timed.set(true);
        }
        stops.addAll(news.stops());
        news.messages().forEach(message -> told(() -> messages.accept(message)));
        if (news.isWhole()) {
            news.owners().forEach(this::changedElsewhere);
        } else {
            unknown.set(true);
            missedDocuments();
        }
        changes.observer()
                .ifPresent(observer -> told(() -> {
                    if (!news.isWhole()) {
                        observer.missed();
                    } else if (isAnew) {
                        LOG.trace(
                                "Changes of {} jobs come too late",
                                news.changes().size());
                    } else if (!news.changes().isEmpty() || !news.written().isEmpty()) {
                        observer.changedElsewhere(news.changes(), news.written());
                    }
                    if (news.cleared() > 0) {
                        observer.clearedElsewhere(news.cleared());
                    }
                }));
    }

    /** Tells the observer that something was missed, and looks for jobs that may be claimable. */
    public void missed() {
        unknown.set(true);
        ready.set(true);
        timed.set(true);
        changes.observer().ifPresent(observer -> told(observer::missed));
        missedDocuments();
    }

    private void told(Runnable call) {
        synchronized (telling) {
            try {
                call.run();
            } catch (RuntimeException | Error e) { // later changes are told all the same
                LOG.error("Changes by other servers were not observed; this is a bug.", e);
            }
        }
    }

    /** Notes a job that waits, and perhaps where no claim would look for it. */
    public void waits(FirstWaiting job) {
        if (!waiting.offer(job)) {
            unknown.set(true);
        }
    }

    /** Notes a time for which a job waits, and which perhaps is over. */
    public void waits(long due) {
        firstDue.accumulateAndGet(due, Math::min);
    }

    /** Takes the first time for which another server has let a job wait, in microseconds; the end of all time for none. */
    public long takeDue() {
        return firstDue.getAndSet(Long.MAX_VALUE);
    }

    /** Whether jobs may wait anywhere, since this was asked. */
    public boolean takeUnknown() {
        return unknown.getAndSet(false);
    }

    /** Takes the first of the jobs that another server has put into a lane; null for none. */
    public @Nullable FirstWaiting takeWaiting() {
        return waiting.poll();
    }

    /** Whether jobs became claimable since this was asked. */
    boolean takeReady() {
        return ready.getAndSet(false);
    }

    /** Takes a job that is to be stopped, if it runs here; null for none. */
    @Nullable
    StopWish takeStop() {
        return stops.poll();
    }

    /** Whether jobs wait for other times since this was asked. */
    boolean takeTimed() {
        return timed.getAndSet(false);
    }

    /** Removes old rows of servers that are gone. */
    public static void removeOfGone(Session session) throws SQLException {
        NewsRows.removeOfGone(session);
    }
}

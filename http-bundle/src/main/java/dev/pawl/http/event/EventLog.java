package dev.pawl.http.event;

import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest events in the order in which they came, numbered without gaps, for readers that take them at their own pace. The oldest are
 * dropped, whoever has not read them: that reader begins anew. The numbers belong to one life of the server. Safe for many threads.
 */
final class EventLog implements EventSink {

    /** The most events that are kept. */
    static final int MOST = 10_000;

    /** The most memory that they take, about, in bytes. */
    static final long MOST_WEIGHT = 16L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private final String life;
    private final int most;
    private final long mostWeight;
    private final Runnable woken;
    private final LongAdder encodings = new LongAdder();
    private final Map<Long, KeptEvent> kept = new HashMap<>(); // guarded by this, as is what follows
    private long weight;
    private long first = 1;
    private long added;
    private long last;

    /**
     * Creates a log without events.
     *
     * @param life differs from that of each earlier log
     * @param woken called when there is something to read; it returns at once
     */
    EventLog(String life, Runnable woken) {
        this(life, MOST, MOST_WEIGHT, woken);
    }

    /** Creates a log with other limits, for a test. */
    EventLog(String life, int most, long mostWeight, Runnable woken) {
        this.life = life;
        this.most = most;
        this.mostWeight = mostWeight;
        this.woken = woken;
    }

    @Override
    public void add(Event happened) {
        synchronized (this) {
            last++;
            added++;
            KeptEvent event = new KeptEvent(last, id(last), happened, encodings);
            kept.put(last, event);
            weight += event.weight();
            while (kept.size() > most || weight > mostWeight) {
                KeptEvent dropped = kept.remove(first);
                weight -= dropped == null ? 0 : dropped.weight();
                first++;
            }
        }
        woken.run();
    }

    @Override
    public void lost(String why) {
        LOG.warn("Those who follow events read everything anew, since events are missing: {}", why);
        interrupt();
    }

    /** Makes every reader begin anew: events may be missing after the last one. */
    void interrupt() {
        synchronized (this) {
            kept.clear();
            weight = 0;
            last++; // belongs to no event: nobody who was there before has read it
            first = last + 1;
        }
        woken.run();
    }

    /** The id of an event in the stream of all events. */
    String id(long sequence) {
        return life + "-" + sequence;
    }

    /** The life of the server to which the numbers belong. */
    String life() {
        return life;
    }

    /** The number of the last event; 0 before the first. */
    synchronized long last() {
        return last;
    }

    /** Whether a reader that has everything up to a number can go on there. */
    synchronized boolean continuesAt(long sequence) {
        return sequence >= first - 1 && sequence <= last;
    }

    /** The events after a number, at most so many; empty when a reader cannot go on there, since the next one was dropped. */
    synchronized Optional<List<KeptEvent>> after(long sequence, int limit) {
        if (!continuesAt(sequence)) {
            return Optional.empty();
        }
        List<KeptEvent> found = new ArrayList<>();
        for (long next = sequence + 1; next <= last && found.size() < limit; next++) {
            found.add(Objects.requireNonNull(kept.get(next)));
        }
        return Optional.of(found);
    }

    /** The number of texts that were made of events. */
    long encodings() {
        return encodings.sum();
    }

    /** The number of events that have come in. */
    synchronized long added() {
        return added;
    }

    /** The memory that the events take, about, in bytes. */
    synchronized long weight() {
        return weight;
    }
}

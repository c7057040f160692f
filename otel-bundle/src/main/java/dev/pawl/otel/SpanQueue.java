package dev.pawl.otel;

import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spans that wait for their export: in memory alone, at most {@value #MOST}. A thread of its own hands them over in batches. Whoever
 * adds spans never waits: when there is no room they are dropped, counted, and told of once until spans arrive again. Safe for many threads.
 */
final class SpanQueue implements MetricSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);

    static final int MOST = 8_192;

    private static final int BATCH = 512;

    /** A batch that is not full waits so long for more. */
    private static final Duration GATHERING = Duration.ofSeconds(1);

    /** How often the thread looks whether it is to end. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** The time that the last spans have when the server stops. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(MOST);
    private final Collector collector;
    private final Thread thread = new Thread(this::work, "pawl-trace");
    private final LongAdder exported = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean troubled;
    private volatile boolean closed;

    /** Begins to export to a collector, which ends with this. */
    SpanQueue(Collector collector) {
        this.collector = collector;
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds spans that belong together: all of them or none. */
    void add(List<SpanData> spans) {
        if (closed || waiting.remainingCapacity() < spans.size()) {
            dropped.add(spans.size());
            trouble("Spans are dropped, since {} wait for the collector already.", MOST);
            return;
        }
        for (SpanData span : spans) {
            if (!waiting.offer(span)) { // others were faster
                dropped.increment();
            }
        }
    }

    private void work() {
        try {
            while (!closed) {
                export(gathered(), Long.MAX_VALUE);
            }
            last();
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        } finally {
            collector.close();
        }
    }

    /** Exports what is left, unless the collector is known to take nothing. */
    private void last() throws InterruptedException {
        long until = System.nanoTime() + LAST.toNanos();
        while (!troubled && !waiting.isEmpty() && System.nanoTime() < until) {
            List<SpanData> batch = new ArrayList<>(BATCH);
            waiting.drainTo(batch, BATCH);
            export(batch, until);
        }
        dropped.add(waiting.size());
    }

    private List<SpanData> gathered() throws InterruptedException {
        List<SpanData> batch = new ArrayList<>();
        long until = Long.MAX_VALUE;
        while (!closed && batch.size() < BATCH && (batch.isEmpty() || System.nanoTime() < until)) {
            SpanData next = waiting.poll(LOOK.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                continue;
            }
            if (batch.isEmpty()) {
                until = System.nanoTime() + GATHERING.toNanos();
            }
            batch.add(next);
            waiting.drainTo(batch, BATCH - batch.size());
        }
        return batch;
    }

    private void export(List<SpanData> batch, long until) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        String reason;
        try {
            reason = sent(batch, until);
        } catch (RuntimeException | Error e) { // such as authorities that cannot be read
            reason = String.valueOf(e.getMessage());
        }
        if (reason == null) {
            exported.add(batch.size());
            recovered();
        } else {
            failed.add(batch.size());
            trouble("Spans are lost, since the collector does not take them: {}", reason);
        }
    }

    /** Sends spans; returns the reason why they did not arrive, or null. */
    private @Nullable String sent(List<SpanData> batch, long until) throws InterruptedException {
        Collector.Attempt attempt = collector.send(batch);
        long end = until;
        while (!attempt.awaits(LOOK) && System.nanoTime() < end) {
            if (closed && end == Long.MAX_VALUE) {
                end = System.nanoTime() + LAST.toNanos();
            }
        }
        return attempt.failure();
    }

    private synchronized void trouble(String line, Object detail) {
        if (!troubled) {
            troubled = true;
            LOG.warn(line, detail);
        }
    }

    private synchronized void recovered() {
        if (troubled) {
            troubled = false;
            LOG.info("The collector takes spans again; {} were lost in all.", lost());
        }
    }

    private long lost() {
        return dropped.sum() + failed.sum();
    }

    @Override
    public void collect(MetricSink sink) {
        String lost =
                "Spans that were lost, by the cause: no room in the queue, or a collector that did not take them.";
        sink.counter("pawl_trace_spans_exported_total", "Spans that the collector has taken.", exported.sum());
        sink.counter("pawl_trace_spans_lost_total", lost, dropped.sum(), new Label("cause", "queue_full"));
        sink.counter("pawl_trace_spans_lost_total", lost, failed.sum(), new Label("cause", "not_taken"));
        sink.gauge("pawl_trace_spans_waiting", "Spans that wait for their export.", waiting.size());
    }

    /** Exports the last spans, for two seconds at the most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(LAST.plus(LAST).toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}

package dev.pawl.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.TraceParent;
import dev.pawl.service.trace.RequestSpan;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportedTracesTest {

    private static final TraceParent CALLER = TraceParent.parse(
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .orElseThrow();
    private static final TraceParent UNRECORDED = new TraceParent(CALLER.traceId(), CALLER.parentId(), "00");
    private static final int TRACES = 2_000;

    private final List<SpanData> sent = new CopyOnWriteArrayList<>();
    private final SpanQueue queue = new SpanQueue(new Collector() {
        @Override
        public Attempt send(List<SpanData> spans) {
            sent.addAll(spans);
            return new Attempt() {
                @Override
                public boolean awaits(Duration time) {
                    return true;
                }

                @Override
                public String failure() {
                    return null;
                }
            };
        }

        @Override
        public void close() {}
    });

    private ExportedTraces recording(double ratio) {
        return new ExportedTraces(queue, Resource.empty(), ratio, InstantSource.system());
    }

    @AfterEach
    void end() {
        queue.close();
    }

    @Test
    void aRequestIsASpanOfItsCallersTraceAndItsJobBelongsBelowIt() {
        RequestSpan span = recording(0).request(CALLER, "POST /jobs", Duration.ofMillis(5));
        span.ended(200);
        span.ended(200);
        queue.close();
        assertEquals(1, sent.size());
        assertEquals(CALLER.traceId(), span.place().traceId());
        assertEquals(span.place().parentId(), sent.get(0).getSpanId());
        assertEquals(CALLER.parentId(), sent.get(0).getParentSpanId());
        assertTrue(sent.get(0).getEndEpochNanos() - sent.get(0).getStartEpochNanos() >= 5_000_000);
    }

    @Test
    void aTraceThatItsCallerDoesNotRecordIsNotRecordedHere() {
        RequestSpan span = recording(1).request(UNRECORDED, "POST /jobs", Duration.ZERO);
        span.ended(200);
        queue.close();
        assertEquals(UNRECORDED, span.place());
        assertEquals(List.of(), sent);
    }

    @Test
    void theShareOfTheTracesThatBeginHereIsRecorded() {
        ExportedTraces some = recording(0.25);
        long recorded = IntStream.range(0, TRACES)
                .filter(n ->
                        some.request(null, "POST /jobs", Duration.ZERO).place().isSampled())
                .count();
        assertEquals(TRACES * 0.25, (double) recorded, TRACES * 0.06);
        assertFalse(
                recording(0).request(null, "POST /jobs", Duration.ZERO).place().isSampled());
        assertTrue(
                recording(1).request(null, "POST /jobs", Duration.ZERO).place().isSampled());
    }
}

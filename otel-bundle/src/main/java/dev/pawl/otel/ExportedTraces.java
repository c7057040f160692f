package dev.pawl.otel;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.JobTraces;
import dev.pawl.service.trace.PhaseTime;
import dev.pawl.service.trace.RequestSpan;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes spans of what the server tells, and puts them into the queue of the export. Safe for many threads. */
final class ExportedTraces implements JobTraces {

    private static final String RECORDED = "01";
    private static final String NOT_RECORDED = "00";

    private final SpanQueue queue;
    private final Resource resource;
    private final double ratio;
    private final InstantSource clock;
    private final WaitingJobs waiting = new WaitingJobs();

    /**
     * Fills a queue.
     *
     * @param ratio the share of traces that begin here and are recorded, 0 to 1
     */
    ExportedTraces(SpanQueue queue, Resource resource, double ratio, InstantSource clock) {
        this.queue = queue;
        this.resource = resource;
        this.ratio = ratio;
        this.clock = clock;
    }

    @Override
    public RequestSpan request(@Nullable TraceParent caller, String name, Duration since) {
        if (caller != null && !caller.isSampled()) {
            return new UnrecordedSpan(caller);
        }
        String trace = caller == null ? SpanIds.randomTrace() : caller.traceId();
        if (caller == null && !isRecorded(trace)) {
            return new UnrecordedSpan(new TraceParent(trace, SpanIds.random(), NOT_RECORDED));
        }
        return new RecordedRequest(
                queue,
                resource,
                clock,
                new TraceParent(trace, SpanIds.random(), RECORDED),
                Optional.ofNullable(caller).map(TraceParent::parentId),
                name,
                since);
    }

    /** The same traces are recorded by each server that goes by this rule, which is that of OpenTelemetry's own sampler. */
    private boolean isRecorded(String trace) {
        long lower = Long.parseUnsignedLong(trace.substring(trace.length() - 16), 16) & Long.MAX_VALUE;
        return ratio >= 1 || lower < ratio * Long.MAX_VALUE;
    }

    @Override
    public TraceParent place(Job job, int taskIndex) {
        return new TraceParent(
                RunSpans.place(job).traceId(),
                SpanIds.task(job.id(), job.state().epoch(), taskIndex),
                RECORDED);
    }

    @Override
    public void ended(Job job, RunMove move, Duration ran, List<PhaseTime> phases) {
        Instant began = move.at().minus(ran);
        queue.add(RunSpans.of(resource, job, move, ran, phases, waiting.since(job, began)));
        waiting.ended(job, move);
    }

    /** The span of a request that nobody records; its place says so to whoever is called for it. */
    private record UnrecordedSpan(TraceParent place) implements RequestSpan {
        @Override
        public void ended(int status) {}
    }
}

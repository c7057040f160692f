package dev.pawl.otel;

import dev.pawl.service.job.TraceParent;
import dev.pawl.service.trace.RequestSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The span of a request for a job, which is recorded when it ends. */
final class RecordedRequest implements RequestSpan {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int FAULT_OF_THE_SERVER = 500;

    private final SpanQueue queue;
    private final Resource resource;
    private final TraceParent place;
    private final Optional<String> parent;
    private final String name;
    private final long beganNs;
    private final long sinceNs;
    private final long mark = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Begins a span.
     *
     * @param place its own ids
     * @param parent the id of the caller's span
     */
    RecordedRequest(
            SpanQueue queue,
            Resource resource,
            InstantSource clock,
            TraceParent place,
            Optional<String> parent,
            String name,
            Duration since) {
        this.queue = queue;
        this.resource = resource;
        this.place = place;
        this.parent = parent;
        this.name = name;
        this.beganNs = RunSpans.nanos(clock.instant()) - since.toNanos();
        this.sinceNs = since.toNanos();
    }

    @Override
    public TraceParent place() {
        return place;
    }

    @Override
    public void ended(int status) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        queue.add(List.of(new FinishedSpan(
                resource,
                context(place.parentId()),
                parent.map(this::remote).orElse(SpanContext.getInvalid()),
                name,
                status == 0 ? SpanKind.INTERNAL : SpanKind.SERVER,
                beganNs,
                beganNs + sinceNs + (System.nanoTime() - mark),
                attributes(status),
                status >= FAULT_OF_THE_SERVER ? StatusData.error() : StatusData.unset())));
    }

    private Attributes attributes(int status) {
        AttributesBuilder attributes = Attributes.builder();
        int space = name.indexOf(' ');
        if (status > 0 && space > 0) {
            attributes.put(METHOD, name.substring(0, space)).put(ROUTE, name.substring(space + 1));
            attributes.put(STATUS, (long) status);
        }
        return attributes.build();
    }

    private SpanContext context(String id) {
        return SpanContext.create(place.traceId(), id, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private SpanContext remote(String id) {
        return SpanContext.createFromRemoteParent(
                place.traceId(), id, TraceFlags.getSampled(), TraceState.getDefault());
    }
}

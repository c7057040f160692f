package dev.pawl.http.metric;

import dev.pawl.http.event.EventStreams;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.stream.LogStreams;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import java.util.function.IntSupplier;

/** The measurements of the API: its requests, the clients that follow, and the memory that clients hold. */
public final class HttpMetrics implements MetricSource {

    private final RequestMeasures requests;
    private final IntSupplier active;
    private final LogStreams streams;
    private final EventStreams events;
    private final MemoryBudget memory;

    /** @param active the number of requests that have no answer yet */
    public HttpMetrics(
            RequestMeasures requests,
            IntSupplier active,
            LogStreams streams,
            EventStreams events,
            MemoryBudget memory) {
        this.requests = requests;
        this.active = active;
        this.streams = streams;
        this.events = events;
        this.memory = memory;
    }

    @Override
    public void collect(MetricSink sink) {
        requests.collect(sink);
        sink.gauge(
                "pawl_http_requests_active",
                "Requests that have no answer yet.",
                Math.max(active.getAsInt() - events.readers(), 0));
        sink.gauge(
                "pawl_http_followers",
                "Clients that follow something, by transport.",
                streams.followers(),
                new Label("transport", "websocket"));
        sink.gauge(
                "pawl_http_followers",
                "Clients that follow something, by transport.",
                events.readers(),
                new Label("transport", "events"));
        sink.counter("pawl_events_total", "Events that were published while someone followed.", events.published());
        sink.counter(
                "pawl_event_resets_total",
                "Times that a reader of events had to read everything anew.",
                events.resets());
        sink.counter(
                "pawl_event_readers_cut_total",
                "Readers of events that were disconnected because they read nothing.",
                events.cuts());
        sink.gauge("pawl_client_memory_used_bytes", "Memory that clients hold.", memory.held());
        sink.gauge("pawl_client_memory_limit_bytes", "Memory that clients may hold together.", memory.most());
    }
}

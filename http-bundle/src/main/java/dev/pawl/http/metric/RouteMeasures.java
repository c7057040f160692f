package dev.pawl.http.metric;

import dev.pawl.service.metric.Histogram;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The measurements of the requests to one route. Safe for many threads. */
final class RouteMeasures {

    private static final int CLASSES = 6;

    private final String method;
    private final String template;
    private final Histogram times = Histogram.ofShortTimes();
    private final LongAdder[] classes =
            Stream.generate(LongAdder::new).limit(CLASSES).toArray(LongAdder[]::new);

    RouteMeasures(String method, String template) {
        this.method = method;
        this.template = template;
    }

    /**
     * Counts an answer.
     *
     * @param status the HTTP status
     */
    void answered(int status, long tookNs) {
        times.record(tookNs);
        streamed(status);
    }

    /** Counts an answer that has no time, since it lasts as long as its client wants. */
    void streamed(int status) {
        classes[Math.min(Math.max(status / 100, 0), CLASSES - 1)].increment();
    }

    void collect(MetricSink sink) {
        Label route = new Label("route", template);
        Label verb = new Label("method", method);
        for (int i = 0; i < CLASSES; i++) {
            long answers = classes[i].sum();
            if (answers > 0) {
                sink.counter(
                        "pawl_http_requests_total",
                        "Requests that were answered, by route and class of the status; 0xx were cut off before an answer.",
                        answers,
                        route,
                        verb,
                        new Label("status", i + "xx"));
            }
        }
        sink.histogram(
                "pawl_http_request_duration_seconds",
                "Time of a request, from its first line until its answer was sent.",
                times.counts(),
                route,
                verb);
    }
}

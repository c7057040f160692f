package dev.pawl.http.metric;

import dev.pawl.service.metric.Histogram;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The measurements of the requests to one route. Its counters are made with the first request. Safe for many threads. */
final class RouteMeasures {

    private static final int CLASSES = 6;

    private final String method;
    private final String template;
    private volatile @Nullable Counters counters;

    private static final class Counters {
        final Histogram times = Histogram.ofShortTimes();
        final LongAdder[] classes = new LongAdder[CLASSES];

        Counters() {
            for (int i = 0; i < CLASSES; i++) {
                classes[i] = new LongAdder();
            }
        }
    }

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
        counters().times.record(tookNs);
        streamed(status);
    }

    /** Counts an answer that has no time, since it lasts as long as its client wants. */
    void streamed(int status) {
        counters().classes[Math.min(Math.max(status / 100, 0), CLASSES - 1)].increment();
    }

    private Counters counters() {
        Counters known = counters;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = counters;
            if (known == null) {
                known = new Counters();
                counters = known;
            }
            return known;
        }
    }

    void collect(MetricSink sink) {
        Counters counted = counters;
        if (counted == null) {
            return;
        }
        Label route = new Label("route", template);
        Label verb = new Label("method", method);
        for (int i = 0; i < CLASSES; i++) {
            long answers = counted.classes[i].sum();
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
                counted.times.counts(),
                route,
                verb);
    }
}

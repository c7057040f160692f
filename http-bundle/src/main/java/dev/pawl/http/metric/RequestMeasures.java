package dev.pawl.http.metric;

import dev.pawl.http.route.Route;
import dev.pawl.service.metric.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The measurements of all requests. Labels are the templates of routes, never the paths of requests. Safe for many threads. */
public final class RequestMeasures {

    private final Map<String, Map<String, RouteMeasures>> routes = new ConcurrentHashMap<>(); // by template and method
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    /** Begins to measure a request, in the callback that ends it. */
    public Measured begin(Request request, Response response, Callback callback, Runnable ended) {
        return new Measured(request, response, callback, ended);
    }

    private void answered(@Nullable Route route, Request request, Response response) {
        RouteMeasures measures = route == null ? of("(any)", "(none)") : of(route.method(), route.template());
        if (route != null && route.answer().isStream() && response.getStatus() == 200) {
            measures.streamed(response.getStatus()); // it ends with its client
        } else {
            measures.answered(response.getStatus(), System.nanoTime() - request.getBeginNanoTime());
        }
        received.add(Request.getContentBytesRead(request));
        sent.add(Response.getContentBytesWritten(response));
    }

    private RouteMeasures of(String method, String template) {
        return routes.computeIfAbsent(template, all -> new ConcurrentHashMap<>(2))
                .computeIfAbsent(method, verb -> new RouteMeasures(verb, template));
    }

    /** Reports all of it. */
    public void collect(MetricSink sink) {
        routes.values().forEach(methods -> methods.values().forEach(route -> route.collect(sink)));
        sink.counter("pawl_http_received_bytes_total", "Bytes of the bodies of requests.", received.sum());
        sink.counter("pawl_http_sent_bytes_total", "Bytes of the bodies of answers.", sent.sum());
    }

    /** The callback of a request that is being measured. */
    public final class Measured extends Callback.Nested {

        private final Request request;
        private final Response response;
        private final Runnable ended;
        private volatile @Nullable Route route;

        private Measured(Request request, Response response, Callback callback, Runnable ended) {
            super(callback);
            this.request = request;
            this.response = response;
            this.ended = ended;
        }

        /** Sets the route once it is found. */
        public void at(Route found) {
            route = found;
        }

        @Override
        public void succeeded() {
            answered(route, request, response); // before the connection goes on to its next request
            super.succeeded();
        }

        @Override
        public void failed(Throwable cause) {
            answered(route, request, response);
            super.failed(cause);
        }

        @Override
        public void completed() {
            ended.run();
        }
    }
}

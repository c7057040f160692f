package dev.pawl.http.resource;

import dev.pawl.http.route.Call;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.trace.JobTraces;
import dev.pawl.service.trace.RequestSpan;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** The places in traces of requests for jobs: what they name or, where traces are exported, a span of their own. */
final class RequestTraces {

    private final Services parts;

    RequestTraces(Services parts) {
        this.parts = parts;
    }

    /** The place of the job that a request asks for; called once a request. */
    Optional<TraceParent> place(Call call) {
        Optional<TraceParent> caller = Optional.ofNullable(
                        call.request().getHeaders().get("traceparent"))
                .flatMap(TraceParent::parse);
        Optional<JobTraces> export = parts.traces().find();
        return export.isEmpty() ? caller : Optional.of(begun(export.get(), call, caller));
    }

    private static TraceParent begun(JobTraces export, Call call, Optional<TraceParent> caller) {
        Request request = call.request();
        RequestSpan span = export.request(
                caller.orElse(null),
                call.route().method() + " " + call.route().template(),
                Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()));
        Request.addCompletionListener(
                request, failure -> span.ended(call.wire().response().getStatus()));
        return span.place();
    }
}

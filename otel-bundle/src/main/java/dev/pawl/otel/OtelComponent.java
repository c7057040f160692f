package dev.pawl.otel;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.JobTraces;
import dev.pawl.service.trace.PhaseTime;
import dev.pawl.service.trace.RequestSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exports traces to the collector that the settings name. */
@Component(service = {JobTraces.class, MetricSource.class})
public final class OtelComponent implements JobTraces, MetricSource {

    private static final Logger LOG = LoggerFactory.getLogger(OtelComponent.class);

    private final SpanQueue queue;
    private final ExportedTraces traces;

    /** Reads the settings; it connects with the first spans. */
    @Activate
    public OtelComponent(BundleContext context, @Reference InstantSource clock) {
        OtlpSettings settings = settings(context);
        this.queue = new SpanQueue(new OtlpCollector(settings));
        this.traces = new ExportedTraces(
                queue, resource(settings, context.getProperty("pawl.version")), settings.ratio(), clock);
        LOG.info("Traces are exported to {}.", settings.endpoint());
    }

    private static OtlpSettings settings(BundleContext context) {
        try {
            return OtlpSettings.read(context::getProperty);
        } catch (IllegalArgumentException e) { // the component runtime's own log may go nowhere
            LOG.error("Traces are not exported: {}", e.getMessage());
            throw e;
        }
    }

    private static Resource resource(OtlpSettings settings, @Nullable String version) {
        return Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"), settings.service(),
                AttributeKey.stringKey("service.version"), version == null ? "0" : version,
                AttributeKey.stringKey("service.instance.id"), UUID.randomUUID().toString()));
    }

    @Override
    public RequestSpan request(@Nullable TraceParent caller, String name, Duration since) {
        return traces.request(caller, name, since);
    }

    @Override
    public TraceParent place(Job job, int taskIndex) {
        return traces.place(job, taskIndex);
    }

    @Override
    public void ended(Job job, RunMove move, Duration ran, List<PhaseTime> phases) {
        traces.ended(job, move, ran, phases);
    }

    @Override
    public void collect(MetricSink sink) {
        queue.collect(sink);
    }

    /** Exports what is left, for some seconds at the most. */
    @Deactivate
    public void stop() {
        queue.close();
    }
}

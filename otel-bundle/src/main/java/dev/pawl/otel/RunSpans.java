package dev.pawl.otel;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.PhaseTime;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one run: the wait before it, the run itself, its tasks and their phases. They hold names and times, never inputs, settings or
 * messages, which may quote them.
 */
final class RunSpans {

    static final AttributeKey<String> JOB = AttributeKey.stringKey("pawl.job.id");
    static final AttributeKey<String> MODULE = AttributeKey.stringKey("pawl.module");
    static final AttributeKey<Long> EPOCH = AttributeKey.longKey("pawl.epoch");
    static final AttributeKey<Long> TASK = AttributeKey.longKey("pawl.task.index");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("pawl.outcome");
    static final AttributeKey<String> WORKER = AttributeKey.stringKey("pawl.worker");
    static final AttributeKey<String> PHASE = AttributeKey.stringKey("pawl.phase");

    private final Resource resource;
    private final Job job;
    private final RunMove move;
    private final String trace;
    private final long epoch;
    private final long began;
    private final long ended;
    private final List<SpanData> spans = new ArrayList<>();

    private RunSpans(Resource resource, Job job, RunMove move, Duration ran) {
        this.resource = resource;
        this.job = job;
        this.move = move;
        this.trace = place(job).traceId();
        this.epoch = job.state().epoch();
        this.ended = nanos(move.at());
        this.began = ended - Math.max(0, ran.toNanos());
    }

    /**
     * Makes the spans of a run.
     *
     * @param waitedSince the time since which the job waited for the run; null when it is not known
     */
    static List<SpanData> of(
            Resource resource,
            Job job,
            RunMove move,
            Duration ran,
            List<PhaseTime> phases,
            @Nullable Instant waitedSince) {
        var spans = new RunSpans(resource, job, move, ran);
        if (waitedSince != null) {
            spans.wait(waitedSince);
        }
        spans.run();
        spans.tasks(phases);
        return spans.spans;
    }

    private void wait(Instant since) {
        String module = job.request().tasks().get(0).module();
        add(
                SpanIds.queue(job.id(), epoch),
                parent(),
                "queue " + module,
                Math.min(nanos(since), began),
                began,
                attributes(module).build(),
                StatusData.unset());
    }

    private void run() {
        String module = job.currentTask().module();
        AttributesBuilder attributes = attributes(module).put(OUTCOME, outcome());
        String worker = job.state().worker();
        if (worker != null) {
            attributes.put(WORKER, worker);
        }
        Failure failure = failure();
        if (failure != null) {
            attributes.put(PHASE, failure.phase().wireName()).put(TASK, (long) failure.taskIndex());
        }
        add(
                SpanIds.run(job.id(), epoch),
                parent(),
                "run " + module,
                began,
                ended,
                attributes.build(),
                failure == null ? StatusData.unset() : StatusData.error());
    }

    private void tasks(List<PhaseTime> phases) {
        for (int task = job.state().taskIndex(); task < job.request().tasks().size(); task++) {
            int index = task;
            List<PhaseTime> own =
                    phases.stream().filter(phase -> phase.taskIndex() == index).toList();
            if (!own.isEmpty()) {
                task(index, own);
            }
        }
    }

    private void task(int index, List<PhaseTime> phases) {
        String module = job.request().tasks().get(index).module();
        String id = SpanIds.task(job.id(), epoch, index);
        PhaseTime last = phases.get(phases.size() - 1);
        add(
                id,
                context(SpanIds.run(job.id(), epoch)),
                "task " + module,
                at(phases.get(0).began()),
                at(last.began().plus(last.took())),
                attributes(module).put(TASK, (long) index).build(),
                status(index, null));
        for (PhaseTime phase : phases) {
            add(
                    SpanIds.phase(job.id(), epoch, index, phase.phase()),
                    context(id),
                    phase.phase().wireName(),
                    at(phase.began()),
                    at(phase.began().plus(phase.took())),
                    attributes(module).put(TASK, (long) index).build(),
                    status(index, phase.phase()));
        }
    }

    private StatusData status(int task, @Nullable Phase phase) {
        Failure failure = failure();
        return failure != null && failure.taskIndex() == task && (phase == null || failure.phase() == phase)
                ? StatusData.error()
                : StatusData.unset();
    }

    private void add(
            String id, SpanContext parent, String name, long from, long to, Attributes attributes, StatusData status) {
        spans.add(new FinishedSpan(
                resource, context(id), parent, name, SpanKind.INTERNAL, from, Math.max(from, to), attributes, status));
    }

    private AttributesBuilder attributes(String module) {
        return Attributes.builder()
                .put(JOB, job.id().toString())
                .put(MODULE, module)
                .put(EPOCH, epoch);
    }

    private SpanContext parent() {
        return SpanContext.createFromRemoteParent(
                trace, place(job).parentId(), TraceFlags.getSampled(), TraceState.getDefault());
    }

    private SpanContext context(String id) {
        return SpanContext.create(trace, id, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private long at(Duration sinceTheRunBegan) {
        return began + sinceTheRunBegan.toNanos();
    }

    private @Nullable Failure failure() {
        if (move instanceof RunMove.Failed failed) {
            return failed.failure();
        }
        return move instanceof RunMove.Parked parked ? parked.failure() : null;
    }

    private String outcome() {
        return move instanceof RunMove.Parked parked
                ? reason(parked.reason())
                : move.status().name().toLowerCase(Locale.ROOT);
    }

    private static String reason(ParkReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    static TraceParent place(Job job) {
        return job.request().traceParent().orElseThrow();
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}

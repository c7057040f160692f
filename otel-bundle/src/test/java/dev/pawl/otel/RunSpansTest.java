package dev.pawl.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.PhaseTime;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunSpansTest {

    private static final Instant ASKED = Instant.parse("2026-11-29T10:00:00Z");
    private static final Instant ENDED = ASKED.plusSeconds(10);
    private static final Duration RAN = Duration.ofSeconds(4);
    private static final TraceParent PLACE = TraceParent.parse(
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .orElseThrow();

    private final Job job = job(UUID.fromString("018f6a00-0000-7000-8000-000000000001"));
    private final List<PhaseTime> phases = List.of(
            phase(0, Phase.INITIALIZE, 0, 100),
            phase(1, Phase.INITIALIZE, 100, 100),
            phase(0, Phase.RUN, 500, 1_000),
            phase(1, Phase.RUN, 2_000, 1_500));

    private static Job job(UUID id) {
        JobRequest request = JobRequest.builder(
                        List.of(new Task("copy", Map.of("password", "hunter2")), new Task("pack", Map.of())))
                .traceParent(PLACE)
                .build();
        JobState claimed = JobState.added(null).claimed(LatestRun.by("worker-1", null), ENDED.minus(RAN));
        return new Job(id, request, ASKED, claimed);
    }

    private static PhaseTime phase(int task, Phase phase, long beganMs, long tookMs) {
        return new PhaseTime(task, phase, Duration.ofMillis(beganMs), Duration.ofMillis(tookMs));
    }

    private List<SpanData> spans(RunMove move) {
        return RunSpans.of(Resource.empty(), job, move, RAN, phases, ASKED);
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long ms(long epochNanos) {
        return epochNanos / 1_000_000 - ASKED.toEpochMilli();
    }

    @Test
    void theWaitEndsWhereTheRunBegins() {
        List<SpanData> spans = spans(new RunMove.Completed(ENDED));
        SpanData wait = named(spans, "queue copy");
        assertEquals(0, ms(wait.getStartEpochNanos()));
        assertEquals(6_000, ms(wait.getEndEpochNanos()));
        SpanData run = named(spans, "run copy");
        assertEquals(6_000, ms(run.getStartEpochNanos()));
        assertEquals(10_000, ms(run.getEndEpochNanos()));
        assertEquals(PLACE.parentId(), wait.getParentSpanId());
        assertEquals(PLACE.parentId(), run.getParentSpanId());
    }

    @Test
    void aTaskSpansItsPhasesAndHasThemBelowIt() {
        List<SpanData> spans = spans(new RunMove.Completed(ENDED));
        SpanData second = named(spans, "task pack");
        assertEquals(6_100, ms(second.getStartEpochNanos()));
        assertEquals(9_500, ms(second.getEndEpochNanos()));
        assertEquals(named(spans, "run copy").getSpanId(), second.getParentSpanId());
        assertEquals(
                2,
                spans.stream()
                        .filter(span -> span.getParentSpanId().equals(second.getSpanId()))
                        .count());
        assertEquals(
                spans.size(), spans.stream().map(SpanData::getSpanId).distinct().count());
    }

    @Test
    void theFailedPhaseItsTaskAndItsRunAreErrorsAndNoOther() {
        Failure failure = new Failure(Phase.RUN, 1, "pack", "hunter2 is not accepted", "a stack with hunter2");
        List<SpanData> spans = spans(new RunMove.Failed(failure, ENDED));
        List<String> errors = spans.stream()
                .filter(span -> span.getStatus().equals(StatusData.error()))
                .map(SpanData::getName)
                .toList();
        assertEquals(List.of("run copy", "task pack", "run"), errors);
        assertEquals("failed", named(spans, "run copy").getAttributes().get(RunSpans.OUTCOME));
    }

    @Test
    void neitherInputsNorMessagesAreExported() {
        Failure failure = new Failure(Phase.RUN, 1, "pack", "hunter2 is not accepted", "a stack with hunter2");
        assertFalse(spans(new RunMove.Failed(failure, ENDED)).toString().contains("hunter2"));
    }

    @Test
    void aRetryIsAnErrorWithItsReasonAndItsNextRunWaitsFromItsDueTime() {
        Failure failure = new Failure(Phase.VALIDATE, 0, "copy", "no", null);
        var retry = new RunMove.Parked(ParkReason.RETRY, ENDED.plusSeconds(30), failure, ENDED);
        SpanData run = named(spans(retry), "run copy");
        assertEquals("retry", run.getAttributes().get(RunSpans.OUTCOME));
        assertEquals(StatusData.error(), run.getStatus());

        var waiting = new WaitingJobs();
        waiting.ended(job, retry);
        Job next = job.withState(job.state().claimed(LatestRun.by("worker-1", null), ENDED.plusSeconds(31)));
        assertEquals(ENDED.plusSeconds(30), waiting.since(next, ENDED.plusSeconds(31)));
    }

    @Test
    void theIdsOfARunFollowFromItsJobAndNumber() {
        assertEquals(SpanIds.run(job.id(), 1), SpanIds.run(job.id(), 1));
        assertTrue(SpanIds.run(job.id(), 1).matches("[0-9a-f]{16}"));
        assertFalse(SpanIds.run(job.id(), 1).equals(SpanIds.run(job.id(), 2)));
    }
}

package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.JobTraces;
import dev.pawl.service.trace.PhaseTime;
import dev.pawl.service.trace.RequestSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job belongs to the trace of the request that started it, also in a later process. */
class TracesJobsTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final List<Object> seen = new CopyOnWriteArrayList<>();

    @Test
    void aTaskIsToldTheTraceAlsoAfterARestart() {
        JobRequest request = RunningScheduler.request("m")
                .traceParent(TraceParent.parse(TRACE).orElseThrow())
                .build();
        String id = running.scheduler
                .enqueue(request)
                .toCompletableFuture()
                .join()
                .id()
                .toString();
        running.restart();
        takeModule();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of(Optional.of(TRACE)), seen);
    }

    @Test
    void aJobWithoutATraceHasNone() {
        takeModule();
        JobRequest traced = RunningScheduler.request("m")
                .traceParent(TraceParent.parse(TRACE).orElseThrow())
                .build();
        running.awaitStatus(running.start(traced), JobStatus.COMPLETED);
        seen.clear();
        running.awaitStatus(running.start("m"), JobStatus.COMPLETED);
        assertEquals(List.of(Optional.empty()), seen);
    }

    @Test
    void aRunIsExportedWithItsPhasesAndATaskIsToldItsOwnPlace() {
        var export = new Export("01");
        running.parts.traces.exportTo(export);
        takeModule();
        JobRequest traced = RunningScheduler.request("m")
                .traceParent(TraceParent.parse(TRACE).orElseThrow())
                .build();
        running.awaitStatus(running.start(traced), JobStatus.COMPLETED);
        assertEquals(List.of(Optional.of(Export.TASK.toString())), seen);
        eventually(() -> assertEquals(List.of("1 COMPLETED [INITIALIZE, VALIDATE, RUN]"), export.ended));
    }

    @Test
    void aJobThatBringsNoTraceBeginsOneWhenTracesAreExported() {
        var export = new Export("01");
        running.parts.traces.exportTo(export);
        takeModule();
        running.awaitStatus(running.start("m"), JobStatus.COMPLETED);
        assertEquals(List.of("submit m"), export.begun);
        eventually(() -> assertEquals(1, export.ended.size()));
    }

    @Test
    void aJobThatIsNotRecordedIsNotExported() {
        var export = new Export("00");
        running.parts.traces.exportTo(export);
        takeModule();
        running.awaitStatus(running.start("m"), JobStatus.COMPLETED);
        running.parts.traces.exportTo(null);
        running.awaitStatus(running.start("m"), JobStatus.COMPLETED);
        assertEquals(List.of(), export.ended);
        assertEquals(1, export.begun.size());
    }

    /** Remembers what it is told, and gives each request a place with the same flags. */
    private static final class Export implements JobTraces {

        static final TraceParent TASK = new TraceParent("a".repeat(32), "b".repeat(16), "01");

        final List<String> begun = new CopyOnWriteArrayList<>();
        final List<String> ended = new CopyOnWriteArrayList<>();
        private final TraceParent place;

        Export(String flags) {
            place = new TraceParent("a".repeat(32), "c".repeat(16), flags);
        }

        @Override
        public RequestSpan request(@Nullable TraceParent caller, String name, Duration since) {
            begun.add(name);
            return new RequestSpan() {
                @Override
                public TraceParent place() {
                    return place;
                }

                @Override
                public void ended(int status) {}
            };
        }

        @Override
        public TraceParent place(Job job, int taskIndex) {
            return TASK;
        }

        @Override
        public void ended(Job job, RunMove move, Duration ran, List<PhaseTime> phases) {
            ended.add(job.state().epoch() + " " + move.status() + " "
                    + phases.stream().map(PhaseTime::phase).toList());
        }
    }

    private void takeModule() {
        running.modules.put("m", () -> task -> {
            seen.add(task.traceParent());
            task.emit(Map.of("n", 1));
        });
        running.modulesChanged();
    }
}

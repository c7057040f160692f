package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.TraceParent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private void takeModule() {
        running.modules.put("m", () -> task -> {
            seen.add(task.traceParent());
            task.emit(Map.of("n", 1));
        });
        running.modulesChanged();
    }
}

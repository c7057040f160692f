package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pawl.api.module.RunException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.RecordedMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The measurements of jobs and their runs. */
class MeasuresJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final ExternalWorkers external = new ExternalWorkers(running);

    private RecordedMetrics measured() {
        return RecordedMetrics.of(running.parts.measures::collect);
    }

    @Test
    void aJobIsCountedWhenItIsTakenWhenItBeginsAndWhenItEnds() {
        running.modules.put("m", () -> task -> {
            task.emit(Map.of("n", 1));
            task.info("a line");
            task.checkpoint(Map.of("n", 1));
        });
        running.modulesChanged();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.COMPLETED);
        Eventually.eventually("the end is counted", () -> ended("m", "completed") == 1);
        RecordedMetrics measured = measured();
        assertEquals(1, measured.value("pawl_jobs_submitted_total{module=m}"));
        assertEquals(1, measured.value("pawl_runs_started_total{module=m}"));
        assertEquals(1, measured.value("pawl_job_wait_seconds{module=m}"));
        assertEquals(1, measured.value("pawl_run_duration_seconds{module=m}"));
        assertEquals(1, measured.value("pawl_checkpoints_total"));
        assertEquals(1, measured.value("pawl_results_total"));
    }

    @Test
    void aFailedRunIsCountedByItsOutcome() {
        running.modules.put("m", () -> task -> {
            throw new RunException("No.");
        });
        running.modulesChanged();
        running.awaitStatus(running.start("m"), JobStatus.FAILED);
        Eventually.eventually("the end is counted", () -> ended("m", "failed") == 1);
        assertFalse(measured().all().containsKey("pawl_runs_ended_total{module=m,outcome=completed}"));
    }

    @Test
    void aJobThatIsFoundByItsUniqueKeyIsNotCountedAgain() {
        running.modules.put("m", () -> task -> running.letGo.await());
        running.modulesChanged();
        JobRequest unique = JobRequest.builder(List.of(new Task("m", Map.of())))
                .uniqueKey("key")
                .build();
        assertEquals(running.start(unique), running.start(unique));
        assertEquals(1, measured().value("pawl_jobs_submitted_total{module=m}"));
    }

    @Test
    void aJobOfAnExternalWorkerIsCountedAsALeaseAndAsARun() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        assertEquals(id, job.id().toString());
        running.workers
                .completed(id, null, false, Map.of())
                .toCompletableFuture()
                .join();
        RecordedMetrics measured = measured();
        assertEquals(1, measured.value("pawl_leases_taken_total"));
        assertEquals(1, measured.value("pawl_runs_ended_total{module=far,outcome=completed}"));
    }

    @Test
    void modulesBeyondALimitAreCountedTogether() {
        for (int i = 0; i < 300; i++) {
            external.enqueued("far-" + i);
        }
        RecordedMetrics measured = measured();
        long names = measured.all().keySet().stream()
                .filter(key -> key.startsWith("pawl_jobs_submitted_total"))
                .count();
        assertEquals(201, names);
        assertEquals(100, measured.value("pawl_jobs_submitted_total{module=(others)}"));
    }

    private double ended(String module, String outcome) {
        return measured()
                .all()
                .getOrDefault("pawl_runs_ended_total{module=" + module + ",outcome=" + outcome + "}", 0.0);
    }
}

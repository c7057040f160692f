package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.KeptSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many schedules of the same second. */
final class StormTest {

    private static final int MANY = 10_000;

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningSchedules server = new RunningSchedules(() -> folder);

    @Test
    void allSchedulesOfASecondFireInOneLook() {
        JobRequest job = JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        List<CompletableFuture<KeptSchedule>> puts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            CompletionStage<KeptSchedule> put = server.parts.changes.put(
                    new ScheduleRequest("s" + i, Timing.cron("0 * * * *"), job, Overlap.SKIP, Missed.ONCE, false),
                    any -> {});
            puts.add(put.toCompletableFuture());
        }
        puts.forEach(CompletableFuture::join);
        server.look();
        assertEquals(0, server.jobs.counts().get(JobStatus.PENDING));
        long beganNs = System.nanoTime();
        server.lookAfter(Duration.ofHours(1));
        long tookMs = Duration.ofNanos(System.nanoTime() - beganNs).toMillis();
        assertEquals(MANY, server.jobs.counts().get(JobStatus.PENDING));
        System.Logger log = System.getLogger(StormTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} schedules fired in {1} ms", MANY, tookMs);
    }
}

package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LimitsDurationTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch going = new CountDownLatch(1);
    private final CountDownLatch letGo = running.letGo;

    @BeforeEach
    void letTimeRun() {
        running.time.run();
    }

    @Test
    void theDurationLimitStopsTheJobAndSaysSo() {
        modules.put("m", () -> task -> letGo.await());
        running.modulesChanged();
        String id =
                running.start(request("m").maxDuration(Duration.ofMillis(100)).build());
        running.awaitStatus(id, JobStatus.STOPPED);
        assertTrue(
                running.log(id).contains("Duration limit reached (100ms)"),
                running.log(id).toString());
    }

    @Test
    void whatIsLeftOfADurationLimitOutlivesARestart() {
        modules.put("m", () -> task -> {
            task.checkpoint(Map.of("here", true));
            going.countDown();
            letGo.await();
        });
        running.modulesChanged();
        String id =
                running.start(request("m").maxDuration(Duration.ofSeconds(30)).build());
        eventually("it runs", () -> going.getCount() == 0);
        running.restart();
        eventually("it runs again", () -> running.job(id).state().epoch() == 2);
        Duration before = running.job(id).state().elapsed();
        assertTrue(before.toMillis() >= RunningScheduler.LIMITS.grace().toMillis(), before.toString());
    }

    @Test
    void aTaskKnowsTheTimeThatItHasLeft() {
        List<Optional<Duration>> left = new CopyOnWriteArrayList<>();
        modules.put("m", () -> task -> left.add(task.timeLeft()));
        running.modulesChanged();
        String limited =
                running.start(request("m").maxDuration(Duration.ofMinutes(5)).build());
        running.awaitStatus(limited, JobStatus.COMPLETED);
        running.awaitStatus(running.start(request("m").build()), JobStatus.COMPLETED);
        Duration first = left.get(0).orElseThrow();
        assertTrue(
                first.compareTo(Duration.ofMinutes(5)) <= 0 && first.compareTo(Duration.ofMinutes(1)) > 0,
                first::toString);
        assertEquals(Optional.empty(), left.get(1));
    }

    @Test
    void aJobHasOnlyWhatItsFormerRunsHaveLeftOfItsLimit() {
        AtomicLong secondRun = new AtomicLong();
        modules.put("m", () -> task -> {
            if (task.epoch() == 1) {
                while (task.elapsed().toMillis() < 2_500) {
                    Thread.onSpinWait();
                }
                task.checkpoint(Map.of("here", true));
                going.countDown();
                letGo.await();
            }
            long began = System.nanoTime();
            try {
                letGo.await();
            } finally {
                secondRun.set(System.nanoTime() - began);
            }
        });
        running.modulesChanged();
        String id =
                running.start(request("m").maxDuration(Duration.ofSeconds(3)).build());
        eventually("it has used most of its time", () -> going.getCount() == 0);
        running.kill();
        running.open();
        running.awaitStatus(id, JobStatus.STOPPED);
        eventually("its second run ends", () -> secondRun.get() > 0);
        long ranMs = TimeUnit.NANOSECONDS.toMillis(secondRun.get());
        assertTrue(ranMs < 2_500, "half a second was left, but it ran for " + ranMs + " ms");
        assertTrue(running.log(id).contains("Duration limit reached (3s)"), running.log(id)::toString);
    }

    @Test
    void aClockThatJumpsChangesNoLimit() {
        modules.put("m", () -> task -> {
            going.countDown();
            letGo.await();
        });
        running.modulesChanged();
        String id =
                running.start(request("m").maxDuration(Duration.ofSeconds(2)).build());
        eventually("it runs", () -> going.getCount() == 0);
        long began = System.nanoTime();
        running.clock.advance(Duration.ofDays(400));
        running.modulesChanged();
        assertEquals(JobStatus.RUNNING, running.status(id));
        running.clock.set(running.clock.instant().minus(Duration.ofDays(800)));
        running.awaitStatus(id, JobStatus.STOPPED);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(tookMs >= 1_000, "it was stopped after " + tookMs + " ms");
        assertTrue(
                running.job(id).state().elapsed().toMillis() < 60_000,
                "the elapsed time does not follow the wall clock");
    }
}

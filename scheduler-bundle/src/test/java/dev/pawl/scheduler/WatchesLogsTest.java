package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WatchesLogsTest {

    private static final int LINES = 2_000;

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;

    private static final class Watcher implements LogSubscriber {
        final ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();
        final AtomicInteger ended = new AtomicInteger();

        @Override
        public void next(LogEntry entry) {
            seen.add(entry.sequence());
        }

        @Override
        public void ended() {
            ended.incrementAndGet();
        }
    }

    @Test
    void everyWatcherGetsEachLineOnceInOrderWheneverItCame() {
        modules.put("talks", () -> task -> {
            for (int i = 0; i < LINES; i++) {
                task.info("line " + i);
                if (i % 100 == 0) {
                    task.checkpoint(Map.of("i", i));
                }
            }
        });
        running.modulesChanged();
        String id = running.start("talks");
        List<Watcher> watchers = LongStream.range(0, 10)
                .mapToObj(i -> {
                    Watcher watcher = new Watcher();
                    running.scheduler.subscribe(id, i, watcher);
                    return watcher;
                })
                .toList();
        running.awaitStatus(id, JobStatus.COMPLETED);
        Watcher late = new Watcher();
        running.scheduler.subscribe(id, 0, late);
        eventually(
                "all subscribers were told of the end",
                () -> watchers.stream().allMatch(w -> w.ended.get() == 1) && late.ended.get() == 1);
        for (int i = 0; i < watchers.size(); i++) {
            assertEquals(LongStream.rangeClosed(i + 1, LINES).boxed().toList(), List.copyOf(watchers.get(i).seen));
        }
        assertEquals(LINES, late.seen.size());
    }

    @Test
    void aClosedSubscriptionHearsNoMore() {
        CountDownLatch letGo = new CountDownLatch(1);
        modules.put("talks", () -> task -> {
            task.info("first");
            letGo.await();
            task.info("second");
        });
        running.modulesChanged();
        String id = running.start("talks");
        Watcher watcher = new Watcher();
        Subscription subscription = running.scheduler.subscribe(id, 0, watcher);
        eventually("it received the first line", () -> watcher.seen.size() == 1);
        running.scheduler.unsubscribe(subscription);
        subscription.close();
        letGo.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(1, watcher.seen.size());
        assertEquals(0, watcher.ended.get());
    }

    @Test
    void aWatcherThatBlocksDelaysOnlyItself() {
        CountDownLatch letGo = new CountDownLatch(1);
        modules.put("talks", () -> task -> task.info("hello"));
        running.modulesChanged();
        String id = running.start("talks");
        running.scheduler.subscribe(id, 0, new LogSubscriber() {
            @Override
            public void next(LogEntry entry) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void ended() {}
        });
        Watcher other = new Watcher();
        running.scheduler.subscribe(id, 0, other);
        eventually("the other subscriber was told of the end", () -> other.ended.get() == 1);
        letGo.countDown();
    }

    @Test
    void anErrorOfOneWatcherEndsNoThreadThatServesOthers() {
        modules.put("talks", () -> task -> task.info("hello"));
        running.modulesChanged();
        String id = running.start("talks");
        for (int i = 0; i < 100; i++) { // more subscribers than there are threads
            running.scheduler.subscribe(id, 0, new LogSubscriber() {
                @Override
                public void next(LogEntry entry) {
                    throw new LinkageError("simulated");
                }

                @Override
                public void ended() {}
            });
        }
        Watcher other = new Watcher();
        running.scheduler.subscribe(id, 0, other);
        eventually("the other subscriber was told of the end", () -> other.ended.get() == 1);
        assertEquals(1, other.seen.size());
    }

    @Test
    void watchersHearTheEndWhenTheSchedulerGoes() {
        running.queue.disable(true).toCompletableFuture().join();
        modules.put("talks", () -> task -> {});
        String id = running.start("talks");
        Watcher watcher = new Watcher();
        running.scheduler.subscribe(id, 0, watcher);
        running.parts.lifecycle.close();
        eventually("it was told of the end", () -> watcher.ended.get() == 1);
        assertTrue(watcher.seen.isEmpty());
    }

    @Test
    void whatATaskLogsThroughTheServersLogIsInTheJobsLog() {
        modules.put("talks", () -> task -> {
            running.parts.jobLog.add("WARN", "from a library");
            task.info("from the module");
        });
        running.modulesChanged();
        String id = running.start("talks");
        running.awaitStatus(id, JobStatus.COMPLETED);
        running.parts.jobLog.add("WARN", "from elsewhere");
        assertEquals(List.of("from a library", "from the module"), running.log(id));
    }
}

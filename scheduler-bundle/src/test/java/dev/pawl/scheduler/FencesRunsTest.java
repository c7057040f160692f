package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that continues after the end of its run can write nothing: each attempt throws. */
class FencesRunsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch going = new CountDownLatch(1);
    private final CountDownLatch speak = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<Throwable> refusal = new AtomicReference<>();
    private final CountDownLatch gone = new CountDownLatch(1);

    /** The ways in which a run ends. */
    enum Fate {
        COMPLETED,
        FAILED,
        STOPPED,
        RESUMED_HERE,
        /** Resumed in another process: this scheduler does not know of it, only the store does. */
        RESUMED_ELSEWHERE
    }

    /** The calls that the thread tries after the end of its run, until it is refused and returns. */
    enum Word {
        LOG {
            @Override
            void say(TaskContext task) {
                task.info("late");
            }
        },
        EMIT {
            @Override
            void say(TaskContext task) {
                task.emit(Map.of("late", true));
            }
        },
        CHECKPOINT {
            @Override
            void say(TaskContext task) {
                task.checkpoint(Map.of("late", true));
            }
        },
        PROGRESS {
            @Override
            void say(TaskContext task) {
                task.progress(66, Map.of());
            }
        },
        PUT {
            @Override
            void say(TaskContext task) {
                task.data().put("shared", Map.of("late", true));
            }
        },
        DELETE {
            @Override
            void say(TaskContext task) {
                task.data().delete("shared");
            }
        };

        abstract void say(TaskContext task);
    }

    static Stream<Arguments> allOfBoth() {
        return Stream.of(Fate.values()).flatMap(fate -> Stream.of(Word.values()).map(word -> Arguments.of(fate, word)));
    }

    @AfterEach
    void stop() {
        speak.countDown();
        end.countDown();
    }

    @ParameterizedTest
    @MethodSource("allOfBoth")
    void nothingLandsOfAThreadWhoseRunIsOver(Fate fate, Word word) {
        modules.put(
                "m",
                () -> fate == Fate.FAILED ? hangsInCleanup(word) : fate == Fate.COMPLETED ? leaves(word) : hangs(word));
        running.documents.put("m", "shared", "{\"n\":1}").toCompletableFuture().join();
        running.modulesChanged();
        String id = running.start("m");
        eventually("it runs", () -> going.getCount() == 0);
        meet(id, fate);
        JobState before = running.job(id).state();
        speak.countDown();
        eventually("the thread's call was refused and returned", () -> gone.getCount() == 0);
        Throwable exception = refusal.get();
        assertInstanceOf(StaleRunException.class, exception);
        assertTrue(exception.getMessage().startsWith("Run 1 of job " + id), exception::getMessage);
        eventually(
                "no abandoned thread is left", () -> running.scheduler.status().abandonedThreads() == 0);
        assertEquals(before, running.job(id).state());
        assertTrue(running.log(id).stream().noneMatch("late"::equals));
        assertEquals(Optional.of("{\"n\":1}"), running.documents.get("m", "shared"));
        end.countDown();
        if (fate == Fate.RESUMED_HERE) {
            running.awaitStatus(id, JobStatus.COMPLETED);
        }
        assertTrue(running.results(id).stream().noneMatch(result -> result.contains("late")));
    }

    private void meet(String id, Fate fate) {
        switch (fate) {
            case COMPLETED -> running.awaitStatus(id, JobStatus.COMPLETED);
            case FAILED -> running.awaitStatus(id, JobStatus.FAILED);
            case STOPPED -> running.scheduler.stop(id).toCompletableFuture().join();
            case RESUMED_HERE -> {
                running.drain.drain(List.of("m"), UpdateMode.NOW, Duration.ZERO, ParkReason.MODULE_UPDATE);
                running.drain.release(List.of("m"));
                eventually("the next run has started", () -> running.results(id).contains("{\"run\":2}"));
            }
            case RESUMED_ELSEWHERE -> {
                running.queue.disable(true).toCompletableFuture().join();
                takeAway(id);
            }
        }
    }

    /** Takes over the job as another server on the same store would. */
    private void takeAway(String id) {
        RunMove parked = RunMove.Parked.of(ParkReason.INTERRUPTED, running.clock.instant());
        running.store
                .write(RunWrite.of(new RunId(UUID.fromString(id), 1), RunWrite.NO_TASK)
                        .withMove(parked))
                .toCompletableFuture()
                .join();
        running.store
                .claim(new ClaimRequest(
                        "elsewhere",
                        1,
                        0,
                        null,
                        Map.of(),
                        running.clock.instant(),
                        running.clock.instant().plusSeconds(3_600)))
                .toCompletableFuture()
                .join();
    }

    private Module hangs(Word word) {
        return task -> {
            if (task.epoch() == 1) {
                stayAndSpeak(task, word);
            } else {
                task.emit(Map.of("run", task.epoch()));
                end.await();
            }
        };
    }

    /** A module whose thread is abandoned in cleanup, which fails the job. */
    private Module hangsInCleanup(Word word) {
        return new Module() {
            @Override
            public void run(TaskContext task) {}

            @Override
            public void cleanup(TaskContext task) {
                stayAndSpeak(task, word);
            }
        };
    }

    /** A module that returns at once and leaves a thread of its own behind. */
    private Module leaves(Word word) {
        return task -> {
            Thread own = new Thread(() -> stayAndSpeak(task, word), "left-behind");
            own.setDaemon(true);
            own.start();
            going.await();
        };
    }

    private void stayAndSpeak(TaskContext task, Word word) {
        going.countDown();
        while (speak.getCount() > 0) {
            try {
                speak.await();
            } catch (InterruptedException e) {
                Thread.onSpinWait(); // swallowed, as a stubborn module does
            }
        }
        long beganNs = System.nanoTime();
        while (refusal.get() == null && System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(10)) {
            try {
                word.say(task);
                LockSupport.parkNanos(1_000_000);
            } catch (Throwable t) {
                refusal.set(t);
            }
        }
        gone.countDown();
    }
}

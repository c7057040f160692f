package dev.pawl.scheduler.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.fake.Jobs;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order in which followers learn of changes, and of those that were missed. */
class JobChangeFeedTest {

    private final List<String> told = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final EventPublisher events = new EventPublisher();
    private final JobChangeFeed feed = new JobChangeFeed(
            events,
            new ChangedJob(noStore(), () -> Instant.EPOCH, (job, running) -> null),
            new ProgressPace(() -> 0, new NoTimers()),
            background::add);

    /** A store that nobody asks, since each change has its job. */
    private static JobStore noStore() {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
    }

    private static final class NoTimers implements Timers {

        @Override
        public @Nullable ScheduledFuture<?> after(Duration delay, Runnable work) {
            return null;
        }

        @Override
        public void every(Duration period, Runnable work) {}

        @Override
        public void flushSoon(Runnable flush) {}

        @Override
        public void close() {}
    }

    JobChangeFeedTest() {
        events.bind(new EventSink() {
            @Override
            public void add(Event event) {
                told.add(((JobEvent) event).change().wireName());
            }

            @Override
            public void lost(String why) {
                told.add("lost");
            }
        });
    }

    private void changed(JobChange.Kind kind) {
        feed.changed(List.of(JobChange.of(kind, Jobs.of(Jobs.request("m"), JobStatus.RUNNING))));
    }

    private void work() {
        for (Runnable next = background.poll(); next != null; next = background.poll()) {
            next.run();
        }
    }

    @Test
    void whatWaitsWhenChangesWereMissedIsNotToldAfterThat() {
        changed(JobChange.Kind.STARTED);
        work();
        changed(JobChange.Kind.PROGRESS);
        feed.missed();
        changed(JobChange.Kind.ENDED);
        work();
        assertEquals(List.of("started", "lost", "ended"), told);
    }

    @Test
    void changesThatWereMissedAreToldAlsoWhenNothingFollows() {
        feed.missed();
        work();
        assertEquals(List.of("lost"), told);
    }
}

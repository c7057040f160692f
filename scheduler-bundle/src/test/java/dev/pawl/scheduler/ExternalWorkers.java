package dev.pawl.scheduler;

import dev.pawl.service.job.Job;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** External workers played by a test: they poll, send heartbeats, and fall silent. */
final class ExternalWorkers {

    private final RunningScheduler running;

    ExternalWorkers(RunningScheduler running) {
        this.running = running;
    }

    /** Enqueues a job of a module, which need not be installed here; returns its id. */
    String enqueued(String module) {
        return running.scheduler
                .enqueue(RunningScheduler.request(module).build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
    }

    Optional<Job> polled(@Nullable String worker, @Nullable Set<String> has) {
        return running.workers.poll(worker, has).toCompletableFuture().join();
    }

    /** Lets time pass without heartbeats, while the server checks the leases at its usual interval. */
    void silence(int seconds) {
        for (int left = seconds; left > 0; left -= 5) {
            running.pass(Duration.ofSeconds(Math.min(5, left)));
            running.parts.workers.expireLeases();
        }
    }

    /** Sends a heartbeat of a worker that runs module "far", with the job's id if one is given. */
    JobHold beat(String worker, @Nullable UUID job) {
        return send(
                worker,
                new Heartbeat(
                        WorkerStatus.IN_PROGRESS, null, "box", "1", "far", job, "far", 10.0, Map.of("file", "a")));
    }

    JobHold send(String worker, Heartbeat heartbeat) {
        return running.workers.beat(worker, heartbeat).toCompletableFuture().join();
    }

    static Heartbeat idle() {
        return Heartbeat.withoutJob(WorkerStatus.IDLE, null, "box", "1");
    }
}

package dev.pawl.shell;

import dev.pawl.service.job.Job;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import dev.pawl.service.worker.Workers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Two workers: one at work, one disabled. */
final class FakeWorkers implements Workers {
    @Override
    public List<Worker> workers() {
        Heartbeat busy = new Heartbeat(
                WorkerStatus.IN_PROGRESS, FakeScheduler.NOW, "alpha", "0.1.0", "hello", null, null, 40.7, Map.of());
        Heartbeat idle = Heartbeat.withoutJob(WorkerStatus.IDLE, FakeScheduler.NOW, "beta", "0.1.0");
        return List.of(
                new Worker("w-1", busy, FakeScheduler.NOW, false, List.of()),
                new Worker("w-2", idle, FakeScheduler.NOW, true, List.of()));
    }

    @Override
    public Optional<Worker> worker(String id) {
        throw unasked();
    }

    @Override
    public CompletionStage<JobHold> beat(String id, Heartbeat heartbeat) {
        throw unasked();
    }

    @Override
    public CompletionStage<Void> disable(String id, boolean disabled) {
        throw unasked();
    }

    @Override
    public boolean isDisabled(String id) {
        throw unasked();
    }

    @Override
    public boolean remove(String id) {
        throw unasked();
    }

    @Override
    public CompletionStage<Optional<Job>> poll(String worker, Set<String> modules) {
        throw unasked();
    }

    @Override
    public CompletionStage<Void> completed(String job, @Nullable Long epoch, boolean failed, Object info) {
        throw unasked();
    }

    private static AssertionError unasked() {
        return new AssertionError("No command asks this of the workers.");
    }
}

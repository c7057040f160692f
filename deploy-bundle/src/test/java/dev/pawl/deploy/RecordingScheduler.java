package dev.pawl.deploy;

import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scheduler with one running job, which it always parks, and no waiting job; records the calls it receives. */
public final class RecordingScheduler implements ModuleDrain {

    public static final UUID JOB = UUID.fromString("0b7c9a52-4a3f-4f0e-9d55-3c1f6f0a7a11");

    public final List<String> calls = new CopyOnWriteArrayList<>();
    public volatile Runnable atEachCall = () -> {};

    /** The reason why it accepts no module; empty when it does. */
    public volatile Optional<String> refusal = Optional.empty();

    /** Completes when the test says that the last job of a retired bundle has ended. */
    volatile CompletableFuture<Void> left = new CompletableFuture<>();

    @Override
    public List<JobMove> drain(Collection<String> modules, UpdateMode mode, Duration drainTime, ParkReason why) {
        calls.add("drain " + modules);
        atEachCall.run();
        return List.of(new JobMove(JOB, JobMove.Outcome.PARKED));
    }

    @Override
    public void release(Collection<String> modules) {
        calls.add("release " + modules);
        atEachCall.run();
    }

    @Override
    public List<JobMove> forecast(Collection<String> modules, UpdateMode mode) {
        JobMove.Outcome outcome =
                switch (mode) {
                    case MOVE -> JobMove.Outcome.PARKED;
                    case FINISH -> JobMove.Outcome.RUNNING;
                    case NOW -> JobMove.Outcome.INTERRUPTED;
                };
        return modules.isEmpty() ? List.of() : List.of(new JobMove(JOB, outcome));
    }

    @Override
    public List<UUID> waitingJobs(Collection<String> modules, int most) {
        return List.of();
    }

    @Override
    public CompletionStage<Void> retire(long bundle) {
        calls.add("retire");
        return left;
    }

    @Override
    public void reinstate(long bundle) {
        calls.add("reinstate");
    }

    @Override
    public Optional<String> refusal(long bundle, String module) {
        return refusal;
    }
}

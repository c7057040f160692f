package dev.pawl.deploy.bundle;

import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.store.SharedDeployments;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes running jobs off modules before their bundle is removed; without a scheduler there are none. */
public final class JobDrain {

    private static final int MOST_WAITING = 100;

    private final AtomicReference<@Nullable ModuleDrain> scheduler = new AtomicReference<>();
    private final @Nullable SharedDeployments shared;

    /** @param shared what servers on the same store share; null where this is the only one */
    public JobDrain(@Nullable SharedDeployments shared) {
        this.shared = shared;
    }

    public void bind(ModuleDrain come) {
        scheduler.set(come);
    }

    public void unbind(ModuleDrain gone) {
        scheduler.compareAndSet(gone, null);
    }

    /** Holds the modules until {@link #end}, and returns the outcome for each of their jobs. */
    public List<JobMove> begin(Collection<String> modules, UpdateMode mode, Duration drainTime, ParkReason why) {
        ModuleDrain present = scheduler.get();
        return present == null ? List.of() : present.drain(modules, mode, drainTime, why);
    }

    /** Lets the modules start jobs again. */
    public void end(Collection<String> modules) {
        ModuleDrain present = scheduler.get();
        if (present != null) {
            present.release(modules);
        }
    }

    /** Gives a bundle's modules no more jobs; completes when none runs on them any more. */
    CompletionStage<Void> retire(long bundle) {
        ModuleDrain present = scheduler.get();
        return present == null ? CompletableFuture.completedFuture(null) : present.retire(bundle);
    }

    /** Gives a bundle's modules jobs again. */
    void reinstate(long bundle) {
        ModuleDrain present = scheduler.get();
        if (present != null) {
            present.reinstate(bundle);
        }
    }

    /** The reason why the scheduler refuses a module whose service is registered. */
    Optional<String> refusal(long bundle, String module) {
        ModuleDrain present = scheduler.get();
        return present == null ? Optional.empty() : present.refusal(bundle, module);
    }

    /** The waiting jobs of the modules, up to a limit. */
    public List<UUID> waiting(Collection<String> modules, int most) {
        ModuleDrain present = scheduler.get();
        return present == null ? List.of() : present.waitingJobs(modules, most);
    }

    /** Lets the scheduler look for jobs, which may be others than before. */
    public void wake() {
        end(List.of());
    }

    /** Forecasts what {@link #begin} would do, as far as can be known, on all servers; jobs that wait are named where there are several. */
    public List<JobMove> forecast(Collection<String> modules, UpdateMode mode) {
        ModuleDrain present = scheduler.get();
        if (shared == null) {
            return present == null ? List.of() : present.forecast(modules, mode);
        }
        JobMove.Outcome outcome =
                switch (mode) {
                    case MOVE -> JobMove.Outcome.PARKED;
                    case FINISH -> JobMove.Outcome.RUNNING;
                    case NOW -> JobMove.Outcome.INTERRUPTED;
                };
        return Stream.concat(
                        shared.running(modules).stream().map(on -> new JobMove(on.job(), outcome, on.server())),
                        waiting(modules, MOST_WAITING).stream().map(job -> new JobMove(job, JobMove.Outcome.WAITING)))
                .toList();
    }
}

package dev.pawl.scheduler;

import dev.pawl.scheduler.run.EndCause;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Takes jobs off modules and gives them back, for the deployer. */
final class DrainService implements ModuleDrain {

    private final SchedulerParts parts;

    DrainService(SchedulerParts parts) {
        this.parts = parts;
    }

    @Override
    public List<JobMove> drain(Collection<String> modules, UpdateMode mode, Duration drainTime, ParkReason why) {
        parts.controls().hold(modules);
        return parts.drain().modules(modules, mode, drainTime, EndCause.of(why));
    }

    @Override
    public void release(Collection<String> modules) {
        parts.controls().release(modules);
        parts.dispatcher().wake();
    }

    @Override
    public List<JobMove> foretell(Collection<String> modules, UpdateMode mode) {
        JobMove.Outcome outcome =
                switch (mode) {
                    case MOVE -> JobMove.Outcome.PARKED;
                    case FINISH -> JobMove.Outcome.RUNNING;
                    case NOW -> JobMove.Outcome.INTERRUPTED;
                };
        return parts.runs().using(modules).stream()
                .map(run -> new JobMove(run.job().id(), outcome))
                .toList();
    }

    @Override
    public List<UUID> waitingJobs(Collection<String> modules, int most) {
        JobFilter waiting = JobFilter.all().withStatus(JobStatus.PENDING).withLimit(most);
        return modules.stream()
                .flatMap(module -> parts.store().list(waiting.withModule(module)).jobs().stream())
                .map(job -> job.id())
                .distinct()
                .limit(most)
                .toList();
    }

    @Override
    public CompletionStage<Void> retire(long bundle) {
        return parts.retirements().retire(bundle);
    }

    @Override
    public void reinstate(long bundle) {
        parts.retirements().reinstate(bundle);
    }

    @Override
    public Optional<String> refusal(long bundle, String module) {
        return parts.modules().refusal(bundle, module);
    }
}

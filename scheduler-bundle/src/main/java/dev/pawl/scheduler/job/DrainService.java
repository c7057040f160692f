package dev.pawl.scheduler.job;

import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.dispatch.RetiringModules;
import dev.pawl.scheduler.dispatch.RunDrain;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Takes jobs off modules and gives them back, for the deployer. */
public final class DrainService implements ModuleDrain {

    private final JobStore store;
    private final QueueControls controls;
    private final RunDrain drain;
    private final RetiringModules retiring;
    private final ReadyModules modules;
    private final Dispatcher dispatcher;

    public DrainService(
            JobStore store,
            QueueControls controls,
            RunDrain drain,
            RetiringModules retiring,
            ReadyModules modules,
            Dispatcher dispatcher) {
        this.store = store;
        this.controls = controls;
        this.drain = drain;
        this.retiring = retiring;
        this.modules = modules;
        this.dispatcher = dispatcher;
    }

    @Override
    public List<JobMove> drain(Collection<String> ids, UpdateMode mode, Duration drainTime, ParkReason why) {
        controls.hold(ids);
        return drain.modules(ids, mode, drainTime, EndCause.of(why));
    }

    @Override
    public void release(Collection<String> ids) {
        controls.release(ids);
        dispatcher.wake();
    }

    @Override
    public List<JobMove> forecast(Collection<String> ids, UpdateMode mode) {
        return drain.forecast(ids, mode);
    }

    @Override
    public List<UUID> waitingJobs(Collection<String> ids, int most) {
        JobFilter waiting = JobFilter.all().withStatus(JobStatus.PENDING).withLimit(most);
        return ids.stream()
                .flatMap(id -> store.list(waiting.withModule(id)).jobs().stream())
                .map(job -> job.id())
                .distinct()
                .limit(most)
                .toList();
    }

    @Override
    public CompletionStage<Void> retire(long bundle) {
        modules.retire(bundle);
        dispatcher.settle(); // what was claimed for it is among the runs now
        CompletionStage<Void> unused = retiring.awaitUnused(bundle);
        dispatcher.wake();
        return unused;
    }

    @Override
    public void reinstate(long bundle) {
        retiring.cancel(bundle);
        modules.reinstate(bundle);
        dispatcher.wake();
    }

    @Override
    public Optional<String> refusal(long bundle, String module) {
        return modules.refusal(bundle, module);
    }
}

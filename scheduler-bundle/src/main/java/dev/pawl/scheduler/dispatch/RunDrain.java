package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.scheduler.run.RunThreads;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.UpdateMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks runs to end and waits for them, never longer than the stop ladder and a cleanup take, and a moment for the store.
 */
public final class RunDrain {

    private final ActiveRuns runs;
    private final RunLimits limits;
    private final Dispatcher dispatcher;
    private final RunThreads threads;

    public RunDrain(ActiveRuns runs, RunLimits limits, Dispatcher dispatcher, RunThreads threads) {
        this.runs = runs;
        this.limits = limits;
        this.dispatcher = dispatcher;
        this.threads = threads;
    }

    /** Ends the runs that use modules which are held already. */
    public List<JobMove> modules(Collection<String> modules, UpdateMode mode, Duration drainTime, EndCause cause) {
        dispatcher.settle();
        List<JobRun> running = runs.using(modules);
        return switch (mode) {
            case MOVE -> end(running, cause, drainTime);
            case NOW -> end(running, cause, Duration.ZERO);
            case FINISH ->
                running.stream()
                        .map(run -> new JobMove(run.job().id(), JobMove.Outcome.RUNNING))
                        .toList();
        };
    }

    /** Tells what {@link #modules} would do with the jobs that run now. */
    public List<JobMove> forecast(Collection<String> modules, UpdateMode mode) {
        JobMove.Outcome outcome =
                switch (mode) {
                    case MOVE -> JobMove.Outcome.PARKED;
                    case FINISH -> JobMove.Outcome.RUNNING;
                    case NOW -> JobMove.Outcome.INTERRUPTED;
                };
        return runs.using(modules).stream()
                .map(run -> new JobMove(run.job().id(), outcome))
                .toList();
    }

    /** Ends the runs of a module whose service goes; they have left it when this returns. */
    public void leaving(ModuleVersion version) {
        dispatcher.settle();
        end(runs.using(version), EndCause.MODULE_GONE, limits.grace());
        threads.forget(version);
    }

    /** Ends all runs, since the server stops. */
    public void all() {
        end(List.copyOf(runs.all()), EndCause.SERVER_STOPPING, limits.grace());
    }

    private List<JobMove> end(List<JobRun> running, EndCause cause, Duration wait) {
        running.forEach(run -> run.requestEnd(cause, wait));
        long leftByNs = System.nanoTime()
                + wait.plus(limits.longest())
                        .plus(limits.cleanup()) // a run that ends by itself meanwhile may take so long
                        .toNanos();
        running.forEach(run -> awaitLeft(run, leftByNs));
        long writtenByNs = System.nanoTime() + limits.confirm().toNanos();
        return running.stream().map(run -> await(run, writtenByNs)).toList();
    }

    private static void awaitLeft(JobRun run, long deadlineNs) {
        try {
            run.left().get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            Thread.onSpinWait(); // its outcome is asked for next
        }
    }

    private static JobMove await(JobRun run, long deadlineNs) {
        try {
            JobMove.Outcome outcome = run.ended().get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new JobMove(run.job().id(), outcome);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new JobMove(run.job().id(), JobMove.Outcome.ABANDONED);
        } catch (ExecutionException | TimeoutException e) {
            return new JobMove(run.job().id(), JobMove.Outcome.ABANDONED);
        }
    }
}

package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.queue.DrainOrder;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.worker.OwnWorker;
import dev.pawl.service.event.WorkerEvent;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what this server runs once it is ordered to: each run ends at its next checkpoint, and one that reaches none in the time of the order
 * goes down the stop ladder. What keeps it from taking jobs is the policy of claims. Safe for many threads, none of which it blocks.
 */
public final class ServerDrain {

    private static final Logger LOG = LoggerFactory.getLogger(ServerDrain.class);

    private final OwnWorker own;
    private final QueueControls controls;
    private final ActiveRuns runs;
    private final Dispatcher dispatcher;
    private final Executor background;
    private final Consumer<WorkerEvent.Change> told;
    private @Nullable DrainOrder heard; // guarded by this, as is the next
    private @Nullable DrainOrder settled; // after which no claim of before is under way

    /** @param told learns of each step, so that it tells others */
    public ServerDrain(
            OwnWorker own,
            QueueControls controls,
            ActiveRuns runs,
            Dispatcher dispatcher,
            Executor background,
            Consumer<WorkerEvent.Change> told) {
        this.own = own;
        this.controls = controls;
        this.runs = runs;
        this.dispatcher = dispatcher;
        this.background = background;
        this.told = told;
    }

    /** Looks for an order, and for what is left to hand over. Called when orders have changed, and every few seconds. */
    public void look() {
        DrainOrder order = controls.drain(own.id()).orElse(null);
        DrainOrder before;
        synchronized (this) {
            before = heard;
            heard = order;
        }
        if (order == null) {
            if (before != null) {
                own.drained(null);
                LOG.info("This server takes jobs again.");
                dispatcher.wake();
                told.accept(WorkerEvent.Change.UNDRAINED);
            }
        } else if (!order.equals(before)) {
            own.drained(null);
            LOG.warn(
                    "This server is drained: it takes no jobs, and hands over the {} that run here. "
                            + "`pawl drain --undo` takes it back.",
                    runs.all().size());
            told.accept(WorkerEvent.Change.DRAINING);
            background.execute(() -> {
                dispatcher.settle();
                handOver(order);
            });
        } else if (isSettled(order)) {
            end(order);
            noteDrained(order);
        }
    }

    private synchronized boolean isSettled(DrainOrder order) {
        return order.equals(settled);
    }

    private void handOver(DrainOrder order) {
        synchronized (this) {
            settled = order;
        }
        CompletableFuture<?>[] left = end(order).stream().map(JobRun::ended).toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(left).whenComplete((done, failure) -> noteDrained(order));
    }

    private Collection<JobRun> end(DrainOrder order) {
        Collection<JobRun> left = runs.all();
        left.forEach(run -> run.requestEnd(EndCause.SERVER_DRAINED, order.drainTime()));
        return left;
    }

    private void noteDrained(DrainOrder order) {
        synchronized (this) {
            if (!order.equals(heard) || !runs.all().isEmpty() || Objects.equals(own.drained(), order.at())) {
                return;
            }
            own.drained(order.at());
        }
        LOG.info("This server is drained: nothing runs here.");
        told.accept(WorkerEvent.Change.DRAINED);
    }
}

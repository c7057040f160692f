package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.queue.DrainOrder;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.worker.DrainState;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The servers that are drained: orders to them, which any server gives, and what they say has come of it. Safe for many threads. */
public final class DrainedServers {

    private final QueueControls controls;
    private final OwnWorker own;
    private final InstantSource clock;
    private final Runnable ordered;

    /** @param ordered called when an order has changed here, which may be one to this server */
    public DrainedServers(QueueControls controls, OwnWorker own, InstantSource clock, Runnable ordered) {
        this.controls = controls;
        this.own = own;
        this.clock = clock;
        this.ordered = ordered;
    }

    /** Orders a server to hand over what it runs; on disk when the future completes. */
    CompletionStage<Void> drain(String id, Optional<Worker> known, Duration drainTime) {
        if (drainTime.isNegative() || drainTime.compareTo(Workers.LONGEST_DRAIN_TIME) > 0) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "drain_timeout is " + drainTime.toSeconds() + "s; it takes 0s to "
                            + Workers.LONGEST_DRAIN_TIME.toHours() + "h.");
        }
        requireServer(id, known);
        return Confirmation.within(controls.drain(id, new DrainOrder(clock.instant(), drainTime)), "The order to drain")
                .thenRun(ordered);
    }

    /** Takes an order back; on disk when the future completes. A server that is not there may be the one. */
    CompletionStage<Void> undrain(String id, Optional<Worker> known) {
        if (controls.drain(id).isEmpty()) {
            requireServer(id, known);
        }
        return Confirmation.within(controls.undrain(id), "The end of the drain").thenRun(ordered);
    }

    private void requireServer(String id, Optional<Worker> known) {
        if (id.equals(own.id())) {
            return;
        }
        Worker worker = known.orElseThrow(() -> new ProblemException(
                ProblemCode.UNKNOWN_WORKER, "No server \"" + id + "\" shares the store of this one at the moment."));
        if (worker.server() == null) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "\"" + id
                            + "\" is a program that polls, and ends what it has begun; {\"disabled\": true} keeps it from "
                            + "getting more. Only servers are drained.");
        }
        if (id.equals(worker.server().name()) || id.equals(SharingServers.key(worker.server()))) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_WORKER,
                    "Server \"" + id + "\" has just started and not told its id yet; try again in "
                            + OwnWorker.PERIOD.toSeconds() + " seconds.");
        }
    }

    /** Where the drain of this server stands; empty when it is not drained. */
    Optional<DrainState> ofThis() {
        return controls.drain(own.id())
                .map(order -> order.at().equals(own.drained()) ? DrainState.DRAINED : DrainState.DRAINING);
    }

    /**
     * Where the drain of a worker stands; null when it is not drained.
     *
     * @param told the orders that other servers say they have carried out, by their ids
     */
    @Nullable
    DrainState of(Worker worker, Map<String, String> told) {
        if (worker.id().equals(own.id())) {
            return ofThis().orElse(null);
        }
        return controls.drain(worker.id())
                .map(order -> order.at().toString().equals(told.get(worker.id()))
                                && worker.server() != null
                                && worker.server().running() == 0
                        ? DrainState.DRAINED
                        : DrainState.DRAINING)
                .orElse(null);
    }
}

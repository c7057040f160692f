package dev.pawl.hook;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookPreview;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.HookStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the jobs of calls that hooks have accepted, each once, and records what came of the calls. Safe for many threads. */
final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** The first status that is not the fault of the call. */
    private static final int LEAST_FAILURE = 500;

    private final HookStore store;
    private final Scheduler scheduler;

    Deliveries(HookStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /** Starts the job of a call. */
    CompletionStage<HookReceipt> deliver(HookRequest hook, HookCall call, Instant now) {
        return recorded(hook, () -> Arrival.of(hook, call), null, now);
    }

    /** Starts the job of a received callback, which is kept with the job if there is one. */
    CompletionStage<HookReceipt> deliver(HookRequest hook, Arrival arrival, ReceivedCallback callback, Instant now) {
        return recorded(hook, () -> arrival, callback, now);
    }

    private CompletionStage<HookReceipt> recorded(
            HookRequest hook, Supplier<Arrival> arrivals, @Nullable ReceivedCallback callback, Instant now) {
        AtomicReference<@Nullable String> id = new AtomicReference<>();
        CompletionStage<HookReceipt> done;
        try {
            Arrival arrival = arrivals.get();
            id.set(arrival.deliveryId());
            done = deliver(hook, arrival, id.get(), callback, now);
        } catch (ProblemException e) {
            done = CompletableFuture.failedStage(e);
        }
        return done.whenComplete((receipt, failure) -> {
            if (failure != null
                    && FutureFailure.cause(failure) instanceof ProblemException problem
                    && problem.code().status() < LEAST_FAILURE) {
                String detail = problem.code().id() + ": " + problem.getMessage();
                record(hook, Delivery.of(now, id.get(), DeliveryOutcome.REFUSED, null, detail));
            }
        });
    }

    private CompletionStage<HookReceipt> deliver(
            HookRequest hook, Arrival arrival, @Nullable String id, @Nullable ReceivedCallback callback, Instant now) {
        Optional<Delivery> known = known(hook, id, now);
        if (known.isPresent()) {
            return duplicate(hook, known.get(), now);
        }
        Optional<Arrival.Passed> passed = arrival.passed();
        return passed.isPresent() ? pass(hook, id, passed.get(), now) : start(hook, id, arrival, callback, now);
    }

    private Optional<Delivery> known(HookRequest hook, @Nullable String id, Instant now) {
        return id == null ? Optional.empty() : store.remembered(hook.name(), id, now);
    }

    /** The outcome that a call would have. */
    HookPreview preview(HookRequest hook, HookCall call, Instant now) {
        try {
            Arrival arrival = Arrival.of(hook, call);
            String id = arrival.deliveryId();
            Optional<Delivery> known = known(hook, id, now);
            if (known.isPresent()) {
                return new HookPreview(DeliveryOutcome.DUPLICATE, id, null, sentence(known.get()));
            }
            Optional<Arrival.Passed> passed = arrival.passed();
            if (passed.isPresent()) {
                return new HookPreview(
                        passed.get().outcome(), id, null, passed.get().detail());
            }
            HookDelivery delivery = new HookDelivery(hook.name(), id, now, hook.uniqueFor(), arrival.inputs(), null);
            return new HookPreview(
                    DeliveryOutcome.STARTED, id, scheduler.checked(Submission.of(hook.job(), delivery)), "");
        } catch (ProblemException e) {
            if (e.code().status() >= LEAST_FAILURE) {
                throw e;
            }
            return new HookPreview(DeliveryOutcome.REFUSED, null, null, String.valueOf(e.getMessage()));
        }
    }

    private CompletionStage<HookReceipt> start(
            HookRequest hook, @Nullable String id, Arrival arrival, @Nullable ReceivedCallback callback, Instant now) {
        HookDelivery delivery = new HookDelivery(hook.name(), id, now, hook.uniqueFor(), arrival.inputs(), callback);
        return change(hook, now)
                .during(() -> scheduler.submit(Submission.of(hook.job(), delivery)))
                .thenApply(Deliveries::receipt)
                .exceptionallyCompose(failure -> Optional.of(failure)
                        .filter(Deliveries::isKnown) // one with the same id was under way
                        .flatMap(twin -> known(hook, id, now))
                        .map(known -> duplicate(hook, known, now))
                        .orElseGet(() -> CompletableFuture.failedStage(failure)));
    }

    private static boolean isKnown(Throwable failure) {
        return FutureFailure.cause(failure) instanceof ProblemException problem
                && problem.code() == ProblemCode.DELIVERY_KNOWN;
    }

    private static HookReceipt receipt(Submitted submitted) {
        UUID job = submitted.job().id();
        return new HookReceipt(
                submitted.existing() ? DeliveryOutcome.EXISTING : DeliveryOutcome.STARTED,
                job,
                submitted.job().state().status(),
                submitted.existing() ? "Job " + job + " holds the unique key." : "");
    }

    /** The change by which the audit and the job say who started it, and from where. */
    private static AuditedChange change(HookRequest hook, Instant now) {
        AuditedChange outer = AuditedChange.current();
        Actor caller = outer == null ? Actor.inside(Door.HOOK) : outer.actor();
        String name = "hook " + hook.name();
        Role role = Role.valueOf(hook.job().role().name());
        return new AuditedChange(
                new Actor(new Principal(name, name, role), Door.HOOK, caller.remote(), caller.requestId()),
                "job.start",
                "",
                now);
    }

    private CompletionStage<HookReceipt> duplicate(HookRequest hook, Delivery known, Instant now) {
        record(hook, Delivery.of(now, known.deliveryId(), DeliveryOutcome.DUPLICATE, known.job(), sentence(known)));
        UUID job = known.job();
        return CompletableFuture.completedStage(
                new HookReceipt(DeliveryOutcome.DUPLICATE, job, job == null ? null : status(job), sentence(known)));
    }

    private static String sentence(Delivery known) {
        return "The delivery came at " + known.at() + " already.";
    }

    /** The status of a job; null when it was removed. */
    private @Nullable JobStatus status(UUID job) {
        try {
            return scheduler.job(job.toString()).job().state().status();
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.UNKNOWN_JOB) {
                return null;
            }
            throw e;
        }
    }

    private CompletionStage<HookReceipt> pass(
            HookRequest hook, @Nullable String id, Arrival.Passed passed, Instant now) {
        record(hook, Delivery.of(now, id, passed.outcome(), null, passed.detail()));
        return CompletableFuture.completedStage(new HookReceipt(passed.outcome(), null, null, passed.detail()));
    }

    /** Records a call that gets no job; its answer does not wait for that. */
    void record(HookRequest hook, Delivery delivery) {
        var unused = store.record(hook.name(), delivery).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("A call of hook \"{}\" is not in its history.", hook.name(), failure);
            }
        });
    }
}

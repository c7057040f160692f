package dev.pawl.testkit.fake;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Callbacks;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Deliveries that a test has made, and an address that is refused. */
public final class FakeCallbacks implements Callbacks {

    /** The host to which no callback may go. */
    public static final String REFUSED = "refused.example";

    private final Map<UUID, List<Delivery>> jobs = new ConcurrentHashMap<>();

    /** Adds a delivery whose only try has failed for good. */
    public Delivery failed(UUID job, CallbackEvent event) {
        DeliveryTry made = new DeliveryTry(
                Jobs.CREATED, Duration.ofMillis(12), 410, "The receiver answers 410: it wants no more.", "gone");
        Delivery delivery = new Delivery(job, event, DeliveryState.FAILED, Jobs.CREATED, null, List.of(made));
        jobs.computeIfAbsent(job, id -> new ArrayList<>()).add(delivery);
        return delivery;
    }

    @Override
    public void check(Callback callback) {
        if (REFUSED.equals(callback.uri().getHost())) {
            throw new ProblemException(ProblemCode.INVALID_JOB, "callback_url: The host is refused.");
        }
    }

    @Override
    public List<Delivery> of(UUID job) {
        return List.copyOf(jobs.getOrDefault(job, List.of()));
    }

    @Override
    public CompletionStage<Delivery> retry(UUID job, String delivery) {
        return of(job).stream()
                .filter(one ->
                        one.id().equals(delivery) || one.event().wireName().equals(delivery))
                .findFirst()
                .map(one -> CompletableFuture.completedFuture(new Delivery(
                        job, one.event(), DeliveryState.WAITING, one.addedAt(), Jobs.CREATED, one.tries())))
                .orElseGet(() -> CompletableFuture.failedFuture(new ProblemException(
                        ProblemCode.UNKNOWN_CALLBACK, "Job " + job + " has no callback \"" + delivery + "\".")));
    }
}

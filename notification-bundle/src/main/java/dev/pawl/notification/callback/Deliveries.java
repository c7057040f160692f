package dev.pawl.notification.callback;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.Tries;
import dev.pawl.notification.delivery.TryMeasures;
import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DueDelivery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes deliveries, and settles when the next try of one is. Safe for many threads; {@link #close} ends all of them. */
final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Sources sources;
    private final Supplier<CallbackRequest> requests;
    private final Pauses pauses;
    private final InstantSource clock;
    private final UnderWay underWay;
    private final Tries tries;
    private final Runnable alarm;
    private final BodyRoom bodies = new BodyRoom();

    /**
     * Makes no thread yet.
     *
     * @param requests gives what sends requests
     * @param alarm called when a delivery is over
     */
    Deliveries(
            Sources sources,
            Supplier<CallbackRequest> requests,
            Pauses pauses,
            InstantSource clock,
            UnderWay underWay,
            TryMeasures measures,
            Runnable alarm) {
        this.sources = sources;
        this.requests = requests;
        this.pauses = pauses;
        this.clock = clock;
        this.underWay = underWay;
        this.alarm = alarm;
        this.tries = new Tries("callback", clock, measures);
    }

    /** Begins a delivery that was admitted. */
    void begin(DueDelivery delivery) {
        tries.begin(() -> {
            try {
                deliver(delivery);
            } finally {
                underWay.ended(delivery.number());
                alarm.run();
            }
        });
    }

    private void deliver(DueDelivery delivery) {
        try {
            Optional<Outcome> outcome = attempt(delivery);
            if (outcome.isPresent()) {
                underWay.learn(delivery.host(), outcome.get().end() == End.DELIVERED);
                record(delivery, outcome.get());
            }
        } catch (CancellationException stopped) {
            LOG.debug("The delivery {} was ended with the server; it comes again.", delivery, stopped);
        } catch (ProblemException e) {
            if (!tries.isClosed()) {
                LOG.debug("The delivery {} has to wait: {}", delivery, e.getMessage());
            }
            tries.pause();
        } catch (RuntimeException | Error e) {
            LOG.error("The delivery {} cannot be made; this is a bug.", delivery, e);
            record(delivery, Outcome.failed(clock.instant(), Duration.ZERO, "Internal error: " + e + "."));
        }
    }

    /** One try; empty when there is nothing to tell any more. */
    private Optional<Outcome> attempt(DueDelivery delivery) {
        if (tries.isClosed()) {
            return Optional.empty();
        }
        Job job = sources.jobs().find(delivery.job()).orElse(null);
        if (job == null) { // the delivery has gone with it
            return Optional.empty();
        }
        byte[] key;
        try {
            key = sources.keys().key(job.request());
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.SHUTTING_DOWN) {
                throw e;
            }
            return Optional.of(Outcome.failed(clock.instant(), Duration.ZERO, String.valueOf(e.getMessage())));
        }
        try (BodyRoom.Held body = bodies.make(() -> sources.documents().document(delivery.job()), tries::isClosed)
                .orElse(null)) {
            return body == null
                    ? Optional.empty()
                    : Optional.of(requests.get().send(delivery, job.request(), key, body.body(), tries::isClosed));
        }
    }

    private void record(DueDelivery delivery, Outcome outcome) {
        int made = delivery.tries() + 1;
        Duration pause =
                outcome.end() == End.FAILED ? pauses.after(made, outcome.wish()).orElse(null) : null;
        if (pause == null && outcome.end() != End.DELIVERED) {
            LOG.warn(
                    "{} is not told any more that job {} is {}, after {} tries: {}",
                    delivery.host(),
                    delivery.job(),
                    delivery.event().wireName(),
                    made,
                    outcome.made().error());
        }
        tries.record(delivery, outcome, pause, (state, next) -> sources.store()
                .tried(delivery, outcome.made(), state, next));
    }

    /** Ends all deliveries; those that were not answered come again at the next start. */
    @Override
    public void close() {
        tries.close();
    }
}

package dev.pawl.notification;

import dev.pawl.base.time.DueTimer;
import dev.pawl.notification.callback.Outbox;
import dev.pawl.notification.callback.Sources;
import dev.pawl.notification.delivery.ReceiverSettings;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Callback;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.notification.CallbackKeys;
import dev.pawl.service.notification.Callbacks;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.JobDocuments;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.JobStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The callbacks of this server. What delivers them is made when there is something to deliver. */
@Component(service = Callbacks.class, immediate = true)
public final class CallbackService implements Callbacks, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackService.class);

    private final Sources sources;
    private final InstantSource clock;
    private final BundleContext context;
    private final ReceiverSettings settings;
    private final DueTimer timer;

    // guarded by this
    private @Nullable Outbox outbox;
    private @Nullable ServiceRegistration<MetricSource> measures;
    private boolean closed;

    /** Begins to deliver what is due. */
    @Activate
    public CallbackService(
            @Reference DeliveryStore store,
            @Reference JobStore jobs,
            @Reference JobDocuments documents,
            @Reference CallbackKeys keys,
            @Reference InstantSource clock,
            BundleContext context) {
        this.sources = new Sources(store, jobs, documents, keys);
        this.clock = clock;
        this.context = context;
        this.settings = new ReceiverSettings(context);
        this.timer = new DueTimer(
                "pawl-callbacks",
                clock,
                this::look,
                problem -> LOG.warn(
                        "Callbacks cannot be delivered at present; it is tried again every second: {}",
                        problem.toString()));
        settings.checkEarly();
        store.attach(timer::now);
        timer.now();
    }

    private Optional<Instant> look(Instant now) {
        if (!isMade() && sources.store().waiting(1) == 0) {
            return Optional.empty();
        }
        return outbox().flatMap(delivering -> delivering.look(now));
    }

    private synchronized boolean isMade() {
        return outbox != null;
    }

    /** The parts that deliver; empty when this is closed. */
    private synchronized Optional<Outbox> outbox() {
        if (outbox == null && !closed) {
            Outbox made = new Outbox(
                    sources,
                    Outbox.Client.of(settings.rules(), settings.trust()),
                    clock,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    timer::now);
            outbox = made;
            measures = context.registerService(MetricSource.class, made.measures(), null);
        }
        return Optional.ofNullable(outbox);
    }

    @Override
    public void check(Callback callback) {
        settings.rules().check(callback);
    }

    @Override
    public List<Delivery> of(UUID job) {
        return sources.store().of(job);
    }

    @Override
    public CompletionStage<Delivery> retry(UUID job, String delivery) {
        Optional<Delivery> found = sources.store().of(job).stream()
                .filter(one ->
                        delivery.equals(one.id()) || delivery.equals(one.event().wireName()))
                .findFirst();
        if (found.isEmpty()) {
            return CompletableFuture.failedFuture(unknown(job, delivery));
        }
        Delivery old = found.get();
        Instant now = clock.instant();
        return Confirmation.within(
                        sources.store().retry(job, old.event(), now, AuditedChange.current()),
                        "The repetition of delivery " + old.id())
                .thenApply(isThere -> {
                    if (!isThere) {
                        throw unknown(job, delivery);
                    }
                    return new Delivery(job, old.event(), DeliveryState.WAITING, old.addedAt(), now, old.tries());
                });
    }

    private static ProblemException unknown(UUID job, String delivery) {
        String shown = delivery.length() > 100 ? delivery.substring(0, 100) + "…" : delivery;
        return new ProblemException(ProblemCode.UNKNOWN_CALLBACK, "Job " + job + " has no callback \"" + shown + "\".");
    }

    /** Delivers nothing any more. What is due stays due, and is delivered when the server is back. */
    @Override
    @Deactivate
    public void close() {
        timer.close();
        Outbox last;
        ServiceRegistration<MetricSource> gone;
        synchronized (this) {
            closed = true;
            last = outbox;
            gone = measures;
        }
        if (gone != null) {
            gone.unregister();
        }
        if (last != null) {
            last.close();
        }
        sources.store().attach(null); // last, so that other servers take nothing that is under way
    }
}

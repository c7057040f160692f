package dev.pawl.hook;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.base.json.value.Json;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.event.CallbackEvent;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.CallbackInbox;
import dev.pawl.service.inbox.CallbackReceipt;
import dev.pawl.service.inbox.NewCallback;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.KeptHook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The inbox of callbacks: keeps them, and starts the jobs of hooks that take them. Nothing of it is loaded before the first use. */
@Component(service = CallbackInbox.class)
public final class InboxService implements CallbackInbox {

    /** The first status that is not the fault of the callback. */
    private static final int LEAST_FAILURE = 500;

    private final InboxStore store;
    private final HookStore hooks;
    private final Deliveries deliveries;
    private final InstantSource clock;
    private final EventPublisher events = new EventPublisher();

    /** Assembles the inbox; reads nothing. */
    @Activate
    public InboxService(
            @Reference InboxStore store,
            @Reference HookStore hooks,
            @Reference Scheduler scheduler,
            @Reference InstantSource clock) {
        this.store = store;
        this.hooks = hooks;
        this.deliveries = new Deliveries(hooks, scheduler);
        this.clock = hooks.clock(clock);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindEvents(EventSink sink) {
        events.bind(sink);
    }

    public void unbindEvents(EventSink sink) {
        events.unbind(sink);
    }

    @Override
    public CompletionStage<CallbackReceipt> receive(NewCallback callback) {
        Instant now = clock.instant();
        ReceivedCallback kept = new ReceivedCallback(
                0,
                UUID.randomUUID(),
                now,
                callback.callbackId(),
                callback.source(),
                callback.status(),
                Json.text(callback.payload()));
        String source = callback.source();
        Optional<HookRequest> hook =
                source == null ? Optional.empty() : hooks.findBySource(source).map(KeptHook::request);
        CompletionStage<CallbackReceipt> receipt = hook.isEmpty() ? keep(kept) : start(hook.get(), callback, kept, now);
        return receipt.thenApply(done -> {
            events.publish(() -> event(CallbackEvent.Change.RECEIVED, kept, done.job(), now));
            return done;
        });
    }

    private static CallbackEvent event(
            CallbackEvent.Change change, ReceivedCallback callback, @Nullable UUID job, Instant now) {
        return new CallbackEvent(
                now, change, callback.id(), callback.callbackId(), callback.source(), callback.status(), job);
    }

    /**
     * Starts the job of a hook, which keeps the callback in its transaction. A callback that gets no job, or whose job is refused, is kept all the
     * same; what another try may mend fails.
     */
    private CompletionStage<CallbackReceipt> start(
            HookRequest hook, NewCallback callback, ReceivedCallback kept, Instant now) {
        HookCall call = HookCall.of(headers(callback), Map.of(), new byte[0]);
        Arrival arrival = new Arrival(hook, call, new CallValues(call, body(callback)));
        return deliveries
                .deliver(hook, arrival, kept, now)
                .handle((receipt, failure) ->
                        failure == null ? started(receipt, kept) : keptUnlessFailed(kept, FutureFailure.cause(failure)))
                .thenCompose(done -> done);
    }

    private CompletionStage<CallbackReceipt> started(HookReceipt receipt, ReceivedCallback kept) {
        return switch (receipt.outcome()) {
            case STARTED, EXISTING -> CompletableFuture.completedStage(new CallbackReceipt(kept.id(), receipt.job()));
            case DUPLICATE, FILTERED, PING, PAUSED, REFUSED -> keep(kept);
        };
    }

    private CompletionStage<CallbackReceipt> keptUnlessFailed(ReceivedCallback kept, Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() < LEAST_FAILURE
                ? keep(kept)
                : CompletableFuture.failedStage(failure);
    }

    private CompletionStage<CallbackReceipt> keep(ReceivedCallback callback) {
        return Confirmation.within(store.add(callback), "The callback")
                .thenApply(added -> new CallbackReceipt(callback.id(), null));
    }

    private static Map<String, String> headers(NewCallback callback) {
        String key = callback.requestKey();
        return key == null ? Map.of() : Map.of("Idempotency-Key", key);
    }

    /** The callback as the hook's pointers see it: as it was sent. */
    private static Map<String, Object> body(NewCallback callback) {
        Map<String, Object> body = new LinkedHashMap<>();
        add(body, "callback_id", callback.callbackId());
        add(body, "source", callback.source());
        add(body, "status", callback.status());
        body.put("payload", callback.payload());
        return body;
    }

    private static void add(Map<String, Object> body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    @Override
    public List<ReceivedCallback> list(CallbackFilter filter) {
        if (filter.limit() < 1 || filter.limit() > MOST_ON_PAGE) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "limit is " + filter.limit() + "; it takes 1 to " + MOST_ON_PAGE + ".");
        }
        return store.list(filter);
    }

    @Override
    public ReceivedCallback get(UUID id) {
        return store.find(id).orElseThrow(() -> unknown(id));
    }

    @Override
    public CompletionStage<Void> remove(UUID id) {
        return Confirmation.within(store.remove(id, AuditedChange.current()), "The removal of the callback")
                .thenAccept(found -> {
                    if (!found) {
                        throw unknown(id);
                    }
                    events.publish(() -> new CallbackEvent(
                            clock.instant(), CallbackEvent.Change.REMOVED, id, null, null, null, null));
                });
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(ProblemCode.NOT_IN_INBOX, "There is no callback " + id + ".");
    }
}

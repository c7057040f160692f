package dev.pawl.hook;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookEntry;
import dev.pawl.service.hook.HookPreview;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.Hooks;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import dev.pawl.service.store.HookStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The hooks of this server: assembles their parts, and checks what is asked of them. Nothing of it is loaded before the first use. */
@Component(service = Hooks.class)
public final class HookService implements Hooks {

    private final InstantSource clock;
    private final HookChanges changes;
    private final HookViews views;
    private final Deliveries deliveries;
    private final HookCalls calls;

    /** Assembles the parts; reads nothing. */
    @Activate
    public HookService(
            @Reference HookStore store,
            @Reference Scheduler scheduler,
            @Reference SecretSeal seal,
            @Reference InstantSource clock) {
        HookSecrets secrets = new HookSecrets(seal);
        this.clock = store.clock(clock);
        this.changes = new HookChanges(store, scheduler, secrets, this.clock);
        this.views = new HookViews(store, scheduler);
        this.deliveries = new Deliveries(store, scheduler);
        this.calls = new HookCalls(store, secrets, deliveries, this.clock);
    }

    @Override
    public List<HookEntry> list(@Nullable String after, int limit) {
        return views.list(after, checked(limit, MOST_ON_PAGE));
    }

    @Override
    public HookEntry get(String name) {
        return views.entry(views.kept(name));
    }

    @Override
    public CompletionStage<HookEntry> put(HookRequest request) {
        return attempt(() -> changes.put(request).thenApply(views::entry));
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        return attempt(() -> changes.remove(name));
    }

    @Override
    public CompletionStage<HookReceipt> receive(String name, HookCall call) {
        return attempt(() -> calls.receive(name, call));
    }

    @Override
    public HookPreview preview(String name, HookCall call) {
        return deliveries.preview(views.kept(name).request(), call, clock.instant());
    }

    @Override
    public List<Delivery> deliveries(String name, long before, int limit) {
        return views.deliveries(name, before, checked(limit, MOST_DELIVERIES));
    }

    private static int checked(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new ProblemException(ProblemCode.MALFORMED, "limit is " + limit + "; it takes 1 to " + most + ".");
        }
        return limit;
    }

    /** Turns the refusal of a call into a failed future, wherever the refusal was found. */
    private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}

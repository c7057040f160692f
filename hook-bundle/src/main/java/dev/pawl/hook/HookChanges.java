package dev.pawl.hook;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Changes hooks. A change that meets another one is made again on what that left. */
final class HookChanges {

    /** The number of times that one change is made again. */
    private static final int MOST_TIMES = 20;

    private final HookStore store;
    private final Scheduler scheduler;
    private final HookSecrets secrets;
    private final InstantSource clock;

    HookChanges(HookStore store, Scheduler scheduler, HookSecrets secrets, InstantSource clock) {
        this.store = store;
        this.scheduler = scheduler;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Makes a hook, or replaces the one of its name. */
    CompletionStage<KeptHook> put(HookRequest request) {
        return put(request, store.find(request.name()).orElse(null), AuditedChange.current(), MOST_TIMES);
    }

    private CompletionStage<KeptHook> put(
            HookRequest request, @Nullable KeptHook former, @Nullable AuditedChange change, int left) {
        KeptHook wanted = kept(request, former);
        return Confirmation.within(store.put(wanted, change), "The change of hook \"" + request.name() + "\"")
                .thenCompose(put -> {
                    KeptHook present = put.present();
                    if (put.isDone() && present != null) {
                        return CompletableFuture.completedStage(present);
                    }
                    if (left == 0) {
                        throw new ProblemException(
                                ProblemCode.HOOK_CHANGED,
                                "The hook \"" + request.name() + "\" was changed again and again at the same time.");
                    }
                    return put(request, present, change, left - 1);
                });
    }

    private KeptHook kept(HookRequest request, @Nullable KeptHook former) {
        JobRequest job = scheduler.kept(
                request.job(), former == null ? null : former.request().job(), request.mappedInputs());
        HookRequest sealed = request.with(
                job,
                secrets.sealed(
                        request.name(),
                        request.auth(),
                        former == null ? null : former.request().auth()));
        return new KeptHook(sealed, former == null ? 0 : former.revision(), clock.instant(), null);
    }

    CompletionStage<Void> remove(String name) {
        return Confirmation.within(store.delete(name, AuditedChange.current()), "The removal of hook \"" + name + "\"")
                .thenAccept(found -> {
                    if (!found) {
                        throw HookViews.unknown(name);
                    }
                });
    }
}

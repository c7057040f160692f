package dev.pawl.hook;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.HookEntry;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows hooks without their secrets and those of their jobs, and their calls. */
final class HookViews {

    private final HookStore store;
    private final Scheduler scheduler;

    HookViews(HookStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /**
     * A hook as it is kept.
     *
     * @throws ProblemException when there is none of that name
     */
    KeptHook kept(String name) {
        return store.find(name).orElseThrow(() -> unknown(name));
    }

    List<HookEntry> list(@Nullable String after, int limit) {
        return store.list(after == null ? "" : after, limit).stream()
                .map(this::entry)
                .toList();
    }

    HookEntry entry(KeptHook hook) {
        HookRequest request = hook.request();
        return new HookEntry(
                request.with(scheduler.masked(request.job()), HookSecrets.masked(request.auth())),
                hook.changedAt(),
                hook.last());
    }

    List<Delivery> deliveries(String name, long before, int limit) {
        List<Delivery> found = store.deliveries(name, before, limit);
        if (found.isEmpty()) {
            kept(name);
        }
        return found;
    }

    static ProblemException unknown(String name) {
        return new ProblemException(
                ProblemCode.UNKNOWN_HOOK,
                "There is no hook \"" + (name.length() <= 100 ? name : name.substring(0, 100) + "…") + "\".");
    }
}

package dev.pawl.service.hook;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps hooks and starts their jobs. A delivery that comes again within {@link HookRequest#uniqueFor()} starts no second job, whatever is killed
 * in between. Safe for use by several threads. Reads block for a short read of the store. A future completes after the change is on disk. Every
 * error is a {@link dev.pawl.service.problem.ProblemException}, thrown or through the future; that of a name that no hook has is {@code
 * UNKNOWN_HOOK}.
 */
@ProviderType
public interface Hooks {

    /** The greatest number of hooks on a page. */
    int MOST_ON_PAGE = 1_000;

    /** The greatest number of deliveries on a page. */
    int MOST_DELIVERIES = 1_000;

    /** The text that is shown in place of a secret. */
    String MASK = "********";

    /**
     * The hooks after a name, in the order of names.
     *
     * @param after the name before them; null from the beginning
     * @param limit the greatest number, 1 to {@link #MOST_ON_PAGE}
     */
    List<HookEntry> list(@Nullable String after, int limit);

    /** One hook. */
    HookEntry get(String name);

    /**
     * Makes a hook, or replaces the one of its name, whose deliveries stay. A secret that is given as its {@linkplain #MASK mask} keeps its value.
     * The job's modules need not be installed: its jobs wait for them.
     */
    CompletionStage<HookEntry> put(HookRequest request);

    /** Removes a hook and its deliveries; its jobs stay. */
    CompletionStage<Void> remove(String name);

    /**
     * Takes a call. A call of a hook that does not exist fails as one with a wrong proof does, and takes as long: {@code HOOK_REFUSED}.
     */
    CompletionStage<HookReceipt> receive(String name, HookCall call);

    /** Shows the outcome of a call without a proof, and changes nothing. */
    HookPreview preview(String name, HookCall call);

    /**
     * The last calls of a hook, the latest first. The last 100 are kept, and those that started a job for as long as their id is remembered.
     *
     * @param before only calls before this number; {@link Long#MAX_VALUE} from the latest
     * @param limit the greatest number, 1 to {@link #MOST_DELIVERIES}
     */
    List<Delivery> deliveries(String name, long before, int limit);
}

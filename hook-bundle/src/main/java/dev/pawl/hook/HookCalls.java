package dev.pawl.hook;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes calls of hooks: checks their proofs, and hands them on. A caller without one learns nothing, not even whether there is such a hook. */
final class HookCalls {

    private static final String REFUSED =
            "There is no such hook, or the call does not prove that its caller knows its secret.";

    private final HookStore store;
    private final HookSecrets secrets;
    private final Deliveries deliveries;
    private final WrongCalls wrongCalls;
    private final InstantSource clock;

    /** The proof that is demanded where there is no hook, which nobody can give. */
    private final HookAuth decoy =
            new HookAuth(HookScheme.GITHUB, null, UUID.randomUUID().toString(), null);

    HookCalls(HookStore store, HookSecrets secrets, Deliveries deliveries, InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.deliveries = deliveries;
        this.wrongCalls = new WrongCalls(deliveries);
        this.clock = clock;
    }

    CompletionStage<HookReceipt> receive(String name, HookCall call) {
        LateRefusal refusal = new LateRefusal();
        Instant now = clock.instant();
        Optional<HookRequest> hook = store.find(name).map(KeptHook::request);
        if (hook.isEmpty()) {
            var unused = Proof.wrong(decoy, call, now);
            return refusal.with(refused());
        }
        Optional<String> wrong = wrong(hook.get(), call, now);
        if (wrong.isPresent()) {
            wrongCalls.add(hook.get(), wrong.get(), now);
            return refusal.with(refused());
        }
        return deliveries.deliver(hook.get(), call, now).exceptionallyCompose(failure -> {
            boolean isGone = FutureFailure.cause(failure) instanceof ProblemException problem
                    && problem.code() == ProblemCode.UNKNOWN_HOOK;
            return isGone ? refusal.with(refused()) : CompletableFuture.failedStage(failure);
        });
    }

    private Optional<String> wrong(HookRequest hook, HookCall call, Instant now) {
        try {
            return Proof.wrong(secrets.opened(hook.name(), hook.auth()), call, now);
        } catch (ProblemException e) {
            if (e.code() != ProblemCode.SECRET_UNREADABLE) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage())); // for the history alone: the caller may not know
        }
    }

    private static ProblemException refused() {
        return new ProblemException(ProblemCode.HOOK_REFUSED, REFUSED);
    }
}

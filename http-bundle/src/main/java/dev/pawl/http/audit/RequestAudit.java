package dev.pawl.http.audit;

import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.store.Confirmation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one request. The store adds the entry of a change in its transaction; this class adds what no transaction does: that a change
 * of several steps begins, that one ended which the store did not see, and refusals.
 */
public final class RequestAudit {

    /** The audit of a request that changes nothing. */
    public static final RequestAudit NONE = new RequestAudit(null, false, false, null);

    private final @Nullable AuditedChange change;
    private final boolean inSteps;
    private final boolean refusalsOnly;
    private final @Nullable AuditDoor door;

    RequestAudit(@Nullable AuditedChange change, boolean inSteps, boolean refusalsOnly, @Nullable AuditDoor door) {
        this.change = change;
        this.inSteps = inSteps;
        this.refusalsOnly = refusalsOnly;
        this.door = door;
    }

    /** Lets the route's handler answer within the change, whose beginning is on disk before when it takes several steps. */
    public Answer answer(Call call) throws IOException {
        if (change == null || door == null) {
            return call.answer();
        }
        if (inSteps) {
            Confirmation.await(append(change.entry(AuditOutcome.BEGUN, "")), "The audit entry");
        }
        return change.during(call::answer);
    }

    /** Runs what a handler defers within the change too. */
    public Executor within(Executor work) {
        AuditedChange known = change;
        return known == null
                ? work
                : task -> work.execute(() -> known.during(() -> {
                    task.run();
                    return true;
                }));
    }

    /** Whether the change was made, and no transaction has recorded that. */
    public boolean isOwed() {
        return change != null && !refusalsOnly && change.isOwed();
    }

    /** Records that the change was made; completes when that is on disk. */
    public CompletionStage<Void> settle() {
        return change == null ? CompletableFuture.completedFuture(null) : append(change.entry(AuditOutcome.DONE, ""));
    }

    /** Records that the request was refused, or failed; the caller does not wait for it. */
    public void refused(ProblemCode code, String detail) {
        if (change != null && door != null) {
            change.refusal(code, detail).ifPresent(door::refused);
        }
    }

    private CompletionStage<Void> append(AuditEntry entry) {
        return door == null
                ? CompletableFuture.completedFuture(null)
                : door.log().append(List.of(entry));
    }
}

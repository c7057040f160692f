package dev.pawl.service.audit;

import dev.pawl.service.access.Actor;
import dev.pawl.service.problem.ProblemCode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change that someone requested, from its door to the transaction that makes it. A door runs the services that it calls {@linkplain
 * #during within} the change; a service that changes something asks on the calling thread for the {@linkplain #current current one}, and
 * hands it to the store, which adds the entry in the change's own transaction. Changes that the runtime makes by itself have none. Safe
 * for use by several threads.
 */
public final class AuditedChange {

    private static final int LEAST_FAILURE = 500; // the first status that is not the caller's fault
    private static final ThreadLocal<AuditedChange> CURRENT = new ThreadLocal<>();

    private final Actor actor;
    private final String action;
    private final String target;
    private final Instant at;
    private final boolean hasEntry;
    private volatile String detail = "";
    private volatile @Nullable AuditOutcome told;

    /** Calls of services. */
    @FunctionalInterface
    public interface Calls<T, E extends Exception> {
        /** Makes them. */
        T make() throws E;
    }

    /**
     * A change that was requested just now.
     *
     * @param action its kind, such as {@code job.stop}
     * @param target what it is to change, as the request names it; may be empty
     */
    public AuditedChange(Actor actor, String action, String target, Instant at) {
        this(actor, action, target, at, true);
    }

    private AuditedChange(Actor actor, String action, String target, Instant at, boolean hasEntry) {
        this.hasEntry = hasEntry;
        this.actor = actor;
        this.action = action;
        this.target = target;
        this.at = at;
    }

    /** The change within which the calling thread is; null outside of any. */
    public static @Nullable AuditedChange current() {
        return CURRENT.get();
    }

    /** Calls services within this change. */
    public <T, E extends Exception> T during(Calls<T, E> calls) throws E {
        AuditedChange outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return calls.make();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** Another change that this one brings about. */
    public AuditedChange also(String otherAction, String otherTarget) {
        return new AuditedChange(actor, otherAction, otherTarget, at);
    }

    /**
     * One of many changes that an action brings about, whose entry has their number: it has no entry of its own. What it changes says who did it,
     * as always.
     */
    public static AuditedChange ofMany(Actor actor, String action, Instant at) {
        return new AuditedChange(actor, action, "", at, false);
    }

    /** Whether it gets an entry of its own. */
    public boolean hasEntry() {
        return hasEntry;
    }

    /** Its kind, such as {@code job.stop}. */
    public String action() {
        return action;
    }

    /** The one who requested it. */
    public Actor actor() {
        return actor;
    }

    /** Sets what the change consists of, for its entries; names of what changes, never values. */
    public void describe(String consistsOf) {
        detail = consistsOf;
    }

    /** The entry of an outcome, with the target as the request names it. */
    public AuditEntry entry(AuditOutcome outcome, String reason) {
        return entry(target, outcome, reason);
    }

    /** The entry that the change was made, for the transaction that makes it. */
    public AuditEntry done(String exactTarget) {
        return entry(exactTarget, AuditOutcome.DONE, "");
    }

    /**
     * The entry of an outcome.
     *
     * @param exactTarget the id or name of what was changed
     * @param reason why it was refused or failed; empty for the description of the change
     */
    public AuditEntry entry(String exactTarget, AuditOutcome outcome, String reason) {
        told = outcome;
        return new AuditEntry(
                at,
                actor.who(),
                actor.role().wireName(),
                Objects.requireNonNullElse(actor.remote(), "local"),
                actor.door().wireName(),
                action,
                exactTarget,
                outcome,
                Objects.requireNonNullElse(actor.requestId(), ""),
                reason.isEmpty() ? detail : reason);
    }

    /** Whether the change, when it was made, still lacks an entry that says so: no transaction of the store made it. */
    public boolean isOwed() {
        return told == null || told == AuditOutcome.BEGUN;
    }

    /** The entry of a refusal or a failure; empty when the store has added one with the reason. */
    public Optional<AuditEntry> refusal(ProblemCode code, String reason) {
        if (told == AuditOutcome.REFUSED || told == AuditOutcome.FAILED) {
            return Optional.empty();
        }
        AuditOutcome outcome = code.status() < LEAST_FAILURE ? AuditOutcome.REFUSED : AuditOutcome.FAILED;
        return Optional.of(entry(outcome, code.id() + ": " + reason));
    }
}

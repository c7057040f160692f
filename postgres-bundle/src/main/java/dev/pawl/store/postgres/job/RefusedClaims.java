package dev.pawl.store.postgres.job;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what claims had to leave to others, or to later. Safe for many threads. */
public final class RefusedClaims {

    private final Map<Reason, LongAdder> numbers = new EnumMap<>(Reason.class);

    /** The reasons. */
    public enum Reason {
        /** A claim that was not made, since this server had no lease. */
        LEASE,
        /** A job whose module runs here in another version than it is to have, or that ran on a newer one. */
        VERSION,
        /** A queue of a module that was passed over, since its limit was reached. */
        LIMIT,
        /** A job that another server was faster to take. */
        TAKEN;

        /** Its name as a label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    RefusedClaims() {
        for (Reason reason : Reason.values()) {
            numbers.put(reason, new LongAdder());
        }
    }

    void add(Reason reason) {
        number(reason).increment();
    }

    /** How often it happened. */
    public long count(Reason reason) {
        return number(reason).sum();
    }

    private LongAdder number(Reason reason) {
        return Objects.requireNonNull(numbers.get(reason));
    }
}

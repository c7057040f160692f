package dev.pawl.http.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A budget for the memory that all clients together may hold: bodies that are being read, answers that have not been read yet, and log
 * lines on their way to followers. Each of these has a limit of its own; this limits their sum.
 */
public final class MemoryBudget {

    /** The share of the heap; the rest is for jobs, and for the objects made from bodies and from the store's rows. */
    private static final int PART_OF_HEAP = 5;

    /** The share that clients of one kind may hold; the rest is left to the other kinds. */
    private static final double PART_OF_A_KIND = 0.75;

    private final long most;
    private final @Nullable MemoryBudget whole;
    private final AtomicLong held = new AtomicLong();

    /**
     * Creates a budget.
     *
     * @param most the limit in bytes
     */
    public MemoryBudget(long most) {
        this(most, null);
    }

    private MemoryBudget(long most, @Nullable MemoryBudget whole) {
        this.most = most;
        this.whole = whole;
    }

    /** The part of the budget for clients of one kind, which never takes everything from the other kinds. */
    public MemoryBudget ofAKind() {
        return new MemoryBudget((long) (most * PART_OF_A_KIND), this);
    }

    /** A fifth of this process's maximum heap. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** A new client's share, which holds nothing yet. */
    public Share share() {
        return new Share(this);
    }

    /** The bytes held now. */
    public long held() {
        return held.get();
    }

    /** The limit in bytes. */
    public long most() {
        return most;
    }

    /** Reserves bytes, or none when they exceed the budget; returns whether it did. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= most && (whole == null || whole.take(bytes))) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
        if (whole != null) {
            whole.giveBack(bytes);
        }
    }
}

package dev.pawl.http.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all clients together may hold: bodies that are being read, answers that have not been read yet, lines on their way to
 * followers. Each of these is bounded by itself; this bounds their sum.
 */
public final class MemoryBudget {

    /** The part of the heap that it is: the rest is for the jobs, and for what is made of a body or of the store's rows meanwhile. */
    private static final int PART_OF_HEAP = 5;

    /** The part that clients of one kind may hold; the rest is left to those of others. */
    private static final double PART_OF_A_KIND = 0.75;

    private final long most;
    private final @Nullable MemoryBudget whole;
    private final AtomicLong held = new AtomicLong();

    /**
     * Holds at most so much.
     *
     * @param most in bytes
     */
    public MemoryBudget(long most) {
        this(most, null);
    }

    private MemoryBudget(long most, @Nullable MemoryBudget whole) {
        this.most = most;
        this.whole = whole;
    }

    /** The part of it for clients of one kind, which never takes all from those of the others. */
    public MemoryBudget ofAKind() {
        return new MemoryBudget((long) (most * PART_OF_A_KIND), this);
    }

    /** A fifth of the largest heap that this process may have. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** A client's share of it, which holds nothing yet. */
    public Share share() {
        return new Share(this);
    }

    /** The bytes held now. */
    public long held() {
        return held.get();
    }

    /** Takes so many bytes, or none and says so. */
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

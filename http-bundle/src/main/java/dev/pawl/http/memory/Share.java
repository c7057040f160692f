package dev.pawl.http.memory;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;

/** One client's share of the memory budget. Safe for use by several threads. */
public final class Share implements AutoCloseable {

    private final MemoryBudget budget;
    private long held;
    private boolean closed;

    Share(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Reserves more bytes, or none when they exceed the budget; returns whether it did. */
    public synchronized boolean tryGrow(long bytes) {
        if (closed || !budget.take(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /**
     * Reserves more bytes.
     *
     * @throws ProblemException when clients hold too much memory already
     */
    public void grow(long bytes) {
        if (!tryGrow(bytes)) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "Requests and answers of clients use all the memory that the server has for them.");
        }
    }

    /** Releases a part. */
    public synchronized void shrink(long bytes) {
        if (!closed) {
            held -= bytes;
            budget.giveBack(bytes);
        }
    }

    /** Releases everything; a second call is harmless. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(held);
            held = 0;
        }
    }
}

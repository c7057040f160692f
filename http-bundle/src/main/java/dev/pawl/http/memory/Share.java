package dev.pawl.http.memory;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;

/** One client's share of the memory budget. Safe for many threads. */
public final class Share implements AutoCloseable {

    private final MemoryBudget budget;
    private long held;
    private boolean closed;

    Share(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Takes so many bytes more, or none and says so. */
    public synchronized boolean tryGrow(long bytes) {
        if (closed || !budget.take(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /**
     * Takes so many bytes more.
     *
     * @throws ProblemException when clients hold too much already
     */
    public void grow(long bytes) {
        if (!tryGrow(bytes)) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "Clients hold all the memory that the server has for requests and answers.");
        }
    }

    /** Gives back a part. */
    public synchronized void shrink(long bytes) {
        if (!closed) {
            held -= bytes;
            budget.giveBack(bytes);
        }
    }

    /** Gives back all of it; harmless a second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(held);
            held = 0;
        }
    }
}

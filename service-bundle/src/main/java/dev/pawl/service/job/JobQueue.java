package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows the jobs that wait, and holds them back: all, or those of one module. Safe for many threads. Reads block for a short read of
 * the store. A future completes after the change is on disk, or exceptionally with a {@link ProblemException}.
 */
@ProviderType
public interface JobQueue {

    /** The waiting jobs in order, at most {@code limit} (1 to 10,000). */
    Queue waiting(int limit);

    /** Pauses the queue, or lets it go on; kept over a restart. What runs goes on. */
    CompletionStage<Void> disable(boolean disabled);

    /** Removes all waiting jobs; completes with their number. */
    CompletionStage<Integer> clear();

    /**
     * Pauses the start of jobs of one module, here and by external workers, or lets it go on; kept over a restart. What runs goes
     * on. A module that is not installed cannot be paused.
     */
    CompletionStage<Void> pauseModule(String module, boolean paused);
}

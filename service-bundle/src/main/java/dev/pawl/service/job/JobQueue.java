package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The queue of waiting jobs, which can be paused as a whole or for one module. Safe for use by several threads. Reads block for a short
 * read of the store. A future completes after the change is on disk, or exceptionally with a {@link ProblemException}.
 */
@ProviderType
public interface JobQueue {

    /** The waiting jobs in order, at most {@code limit} (1 to 10,000). */
    Queue waiting(int limit);

    /** The reasons for which jobs wait, those of most jobs first, at most 100; the rest is summed up by codes. */
    List<WaitingReason> reasons();

    /** Pauses or resumes the queue; this survives a restart. Running jobs continue. */
    CompletionStage<Void> disable(boolean disabled);

    /** Removes all waiting jobs and completes with their number. */
    CompletionStage<Integer> clear();

    /**
     * Pauses or resumes the start of one module's jobs, here and by external workers; this survives a restart. Running jobs continue. A
     * module that is not installed cannot be paused.
     */
    CompletionStage<Void> pauseModule(String module, boolean paused);
}

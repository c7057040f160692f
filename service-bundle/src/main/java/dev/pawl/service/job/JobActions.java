package dev.pawl.service.job;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Principal;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Carries out actions on many jobs, for someone who may see and touch each of them. Those outside their bounds do not match. Safe for use by
 * several threads; errors are {@link ProblemException}s.
 */
@ProviderType
public interface JobActions {

    /** The module of the jobs that carry out actions: the server's own, which no request can name and no worker takes. */
    String MODULE = "pawl-actions";

    /** The greatest number of jobs whose turn comes in one call of {@link #run}. */
    int MOST_AT_ONCE = 10_000;

    /** The exact number of jobs that match. Blocks for as long as it takes to count them. */
    long count(BulkAction action, Principal principal);

    /**
     * Carries out an action, newest job first, until it is complete, {@value #MOST_AT_ONCE} jobs had their turn, or ten seconds are over; a
     * stop of jobs that run may take longer, as long as one stop. Blocks meanwhile. Jobs that are added after its beginning do not match.
     *
     * @param from {@link BulkReport#next()} of the call before; null at first
     */
    BulkReport run(BulkAction action, Actor actor, @Nullable String from);

    /**
     * Adds a job that carries out an action, with checkpoints, and whose result is the {@link BulkReport}. It does not touch itself.
     *
     * @param key the key under which the answer is kept; null to keep none
     */
    CompletionStage<Submitted> start(BulkAction action, Actor actor, @Nullable RequestKey key);
}

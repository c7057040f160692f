package dev.pawl.store.kit;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobConsumer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The news of a transaction for the consumer of the process, told once it is on disk. */
public final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private HandOver() {}

    /**
     * The call that gives the consumer its jobs, and the news of jobs that waited; it throws nothing.
     *
     * @param taking the consumer; null when there is none, and nobody is told
     */
    public static Runnable of(@Nullable JobConsumer taking, List<Job> claimed, WaitNews.Told waits) {
        if (taking == null || (claimed.isEmpty() && waits.isNothing())) {
            return () -> {};
        }
        return () -> {
            try {
                if (!claimed.isEmpty()) {
                    taking.take(claimed);
                }
                if (!waits.isNothing()) {
                    taking.waited(waits.failed(), waits.isTimed());
                }
            } catch (RuntimeException | Error e) { // the futures of others complete all the same
                LOG.error("Claimed jobs were not taken, or ends of waits not heard; this is a bug.", e);
            }
        };
    }
}

package dev.pawl.service.store;

import dev.pawl.service.job.Job;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Judges whether a job that holds a unique key, or an earlier one of the same schedule, may stand for a new one. Called within the store's transaction: it must not block.
 */
@FunctionalInterface
@ConsumerType
public interface UniqueKeyCheck {

    /**
     * Accepts the job by returning.
     *
     * @throws RuntimeException to refuse the addition, which then changes nothing and fails with this exception
     */
    void check(Job holder);
}

package dev.pawl.service.notification;

import dev.pawl.service.job.JobRequest;
import org.osgi.annotation.versioning.ProviderType;

/** The keys with which callbacks are signed. Safe for use by several threads. */
@ProviderType
public interface CallbackKeys {

    /**
     * The key for the callback of a request: its named secret, or the server's own key, which is made when there is none.
     *
     * @throws dev.pawl.service.problem.ProblemException when it cannot be had; nothing of it is in the message
     */
    byte[] key(JobRequest request);
}

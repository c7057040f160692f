package dev.pawl.service.fetch;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Makes requests through the configured proxy, to allowed hosts alone. Safe for many threads; no caller's thread waits. */
@ProviderType
public interface ProxyFetch {

    /**
     * Makes a request.
     *
     * @return completes with what came of it, also when it failed or its host is not allowed
     * @throws dev.pawl.service.problem.ProblemException when no proxy or no host is configured, or too many requests wait already
     */
    CompletionStage<Fetched> fetch(FetchRequest request);
}

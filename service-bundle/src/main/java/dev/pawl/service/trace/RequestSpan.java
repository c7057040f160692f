package dev.pawl.service.trace;

import dev.pawl.service.job.TraceParent;
import org.osgi.annotation.versioning.ProviderType;

/** The span of a request for a job. Safe for many threads. */
@ProviderType
public interface RequestSpan {

    /** The place of the job that the request makes. */
    TraceParent place();

    /**
     * Ends it; harmless a second time.
     *
     * @param status the HTTP status of the answer; 0 when the request did not come over HTTP
     */
    void ended(int status);
}

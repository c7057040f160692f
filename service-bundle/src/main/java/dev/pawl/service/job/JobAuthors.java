package dev.pawl.service.job;

import dev.pawl.service.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Those who started and stopped a job.
 *
 * @param startedBy who started it; null when the runtime did, or before that was kept
 * @param stoppedBy who stopped it; null when nobody did
 */
public record JobAuthors(
        @Nullable Author startedBy, @Nullable Author stoppedBy) {

    /** Nobody that is known. */
    public static final JobAuthors NONE = new JobAuthors(null, null);

    /**
     * One who starts or stops jobs.
     *
     * @param id the stable id of the identity, such as that of a token
     * @param name the name for people
     */
    public record Author(String id, String name) {

        /** The one who acts under an identity. */
        public static Author of(Principal principal) {
            return new Author(principal.id(), principal.name());
        }
    }
}

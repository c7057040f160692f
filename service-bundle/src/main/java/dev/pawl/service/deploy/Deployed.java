package dev.pawl.service.deploy;

import dev.pawl.service.job.JobMove;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change to a bundle did, or would do.
 *
 * @param change what it was
 * @param deployment the bundle as it is now; for a removal, as it was
 * @param formerVersion the version that was there before; null when there was none
 * @param jobs what happened to each running job
 * @param impact what else it has an effect on
 */
public record Deployed(
        Change change, Deployment deployment, @Nullable String formerVersion, List<JobMove> jobs, Impact impact) {

    public Deployed {
        jobs = List.copyOf(jobs);
    }

    /** Kinds of change. */
    public enum Change {
        INSTALLED,
        UPDATED,
        UNCHANGED,
        /** It was installed already, but its artifact was lost or damaged; now it is whole again. */
        REPAIRED,
        UNINSTALLED,
        ENABLED,
        DISABLED,
        ROLLED_BACK
    }
}
